import Type, { type Static } from 'typebox';
import { Password } from '../users/index.js';

export const PasswordResetRequest = Type.Object(
  { email: Type.String({ minLength: 1, maxLength: 191, examples: ['aisyah@example.com'] }) },
  { title: 'PasswordResetRequest', additionalProperties: false },
);
export type PasswordResetRequest = Static<typeof PasswordResetRequest>;

export const PasswordReset = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 200, description: 'From the link in the mail' }),
    password: Password,
  },
  { title: 'PasswordReset', additionalProperties: false },
);
export type PasswordReset = Static<typeof PasswordReset>;
