import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { Code } from '../second-factors/index.js';
import { User } from '../users/index.js';

export const Login = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 191, examples: ['admin@example.com'] }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    code: Type.Optional(Code),
    organizationId: Type.Optional(Id('organization')),
    mode: Type.Optional(
      OneOf(['token', 'cookie'], {
        description: 'What the session is kept in: tokens in the answer, or cookies that no script can read',
        default: 'token',
      }),
    ),
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

export const CookieSession = Type.Object(
  {
    csrfToken: Type.String({ description: 'Goes with every request that changes something, as `x-csrf-token`' }),
    user: User,
  },
  { title: 'CookieSession' },
);
export type CookieSession = Static<typeof CookieSession>;

export const RefreshToken = Type.Object(
  {
    refreshToken: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: "Absent where the session's cookie comes along" }),
    ),
  },
  { title: 'RefreshToken', additionalProperties: false },
);
export type RefreshToken = Static<typeof RefreshToken>;

/** One of the caller's sessions. */
export const OwnSession = Type.Object(
  {
    id: Id('session'),
    current: Type.Boolean({ description: 'The one that asks' }),
    mode: OneOf(['token', 'cookie']),
    userAgent: Nullable(Type.String()),
    ip: Nullable(Type.String({ description: 'Where it was begun, or renewed last' })),
    createdAt: Timestamp,
    lastSeenAt: Type.String({ format: 'date-time', description: 'When it was renewed last, to a quarter of an hour' }),
    expiresAt: Timestamp,
  },
  { title: 'OwnSession' },
);
export type OwnSession = Static<typeof OwnSession>;

export const CsrfToken = Type.Object({ csrfToken: Type.String() }, { title: 'CsrfToken' });
export type CsrfToken = Static<typeof CsrfToken>;
