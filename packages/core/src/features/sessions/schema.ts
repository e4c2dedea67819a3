import Type, { type Static } from 'typebox';
import { Id } from '../../kernel/schema.js';
import { User } from '../users/index.js';

export const Login = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 191, examples: ['admin@example.com'] }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    organizationId: Type.Optional(Id('organization')),
  },
  { title: 'Login', additionalProperties: false },
);
export type Login = Static<typeof Login>;

export const Session = Type.Object(
  {
    accessToken: Type.String({ description: 'Valid for 15 minutes' }),
    refreshToken: Type.String({ description: 'Valid once, within 30 days' }),
    user: User,
  },
  { title: 'Session' },
);
export type Session = Static<typeof Session>;

export const RefreshToken = Type.Object(
  { refreshToken: Type.String({ minLength: 1, maxLength: 200 }) },
  { title: 'RefreshToken', additionalProperties: false },
);
export type RefreshToken = Static<typeof RefreshToken>;
