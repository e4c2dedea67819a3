import Type, { type Static } from 'typebox';
import { idPattern } from '../../kernel/ids.js';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { type Permission, permissions } from '../roles/index.js';

/** What no key may, whoever made it: a key that leaked must not make itself a second one, or a user. */
const personal: readonly string[] = ['keys:write', 'users:write'] satisfies Permission[];

/** What a key can be allowed. */
const keyPermissions = permissions.filter(isForKeys);

export function isForKeys(permission: string): boolean {
  return !personal.includes(permission);
}

const KeyPermissions = Type.Array(OneOf(keyPermissions), {
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  description: 'Of those that its maker holds; see docs/roles.md',
  examples: [['conversations:read', 'conversations:reply']],
});

export const ApiKey = Type.Object(
  {
    id: Id('apiKey'),
    name: Type.String(),
    userId: Type.String({ pattern: idPattern('user'), description: 'Who made it, and as whom it acts' }),
    hint: Type.String({ description: 'The end of the key, to know it by' }),
    permissions: Type.Array(Type.String()),
    expiresAt: Timestamp,
    lastUsedAt: Nullable(Timestamp),
    createdAt: Timestamp,
  },
  { title: 'ApiKey' },
);
export type ApiKey = Static<typeof ApiKey>;

export const MadeApiKey = Type.Object(
  { ...ApiKey.properties, key: Type.String({ description: 'Shown this once: send it as `Authorization: Bearer …`' }) },
  { title: 'MadeApiKey' },
);
export type MadeApiKey = Static<typeof MadeApiKey>;

export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Nightly export'] }),
    permissions: KeyPermissions,
    expiresAt: Type.String({
      format: 'date-time',
      maxLength: 40,
      description: 'Within a year',
      examples: ['2027-01-31T00:00:00Z'],
    }),
  },
  { title: 'NewApiKey', additionalProperties: false },
);
export type NewApiKey = Static<typeof NewApiKey>;
