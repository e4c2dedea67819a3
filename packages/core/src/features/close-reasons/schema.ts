import Type, { type Static } from 'typebox';
import { Id, Nullable } from '../../kernel/schema.js';

const fields = {
  key: Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$', examples: ['resolved'] }),
  name: Type.String({ minLength: 1, maxLength: 100, examples: ['Resolved'] }),
  position: Type.Integer({ minimum: 0, maximum: 10_000, description: 'Where it stands in the list' }),
};

export const CloseReason = Type.Object(
  {
    id: Id('closeReason'),
    teamId: Nullable(Id('team'), { description: 'Whose it is; null: for every team' }),
    ...fields,
    version: Type.Integer(),
  },
  { title: 'CloseReason' },
);
export type CloseReason = Static<typeof CloseReason>;

export const NewCloseReason = Type.Object(
  {
    key: fields.key,
    name: fields.name,
    teamId: Type.Optional(Nullable(Id('team'))),
    position: Type.Optional(fields.position),
  },
  { title: 'NewCloseReason', additionalProperties: false },
);
export type NewCloseReason = Static<typeof NewCloseReason>;

export const CloseReasonPatch = Type.Object(
  { name: Type.Optional(fields.name), position: Type.Optional(fields.position) },
  { title: 'CloseReasonPatch', additionalProperties: false, minProperties: 1 },
);
export type CloseReasonPatch = Static<typeof CloseReasonPatch>;

/** What every organization begins with. */
export const firstCloseReasons = [
  { key: 'resolved', name: 'Resolved' },
  { key: 'no_reply', name: 'The customer did not answer' },
  { key: 'handled_elsewhere', name: 'Handled elsewhere' },
  { key: 'duplicate', name: 'Duplicate' },
  { key: 'not_for_us', name: 'Not for us' },
  { key: 'spam', name: 'Spam' },
] as const;
