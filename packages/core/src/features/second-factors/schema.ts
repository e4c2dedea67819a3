import Type, { type Static } from 'typebox';

/** Six digits of the app, or a recovery code as it was shown; spaces and dashes say nothing. */
export const Code = Type.String({
  minLength: 6,
  maxLength: 32,
  pattern: '^[0-9A-Za-z -]+$',
  description: 'Of the authenticator app, or one of the recovery codes',
  examples: ['123456'],
});

const Password = Type.String({ minLength: 1, maxLength: 200, description: "The caller's own password, once more" });

export const SecondFactorStatus = Type.Object(
  {
    enabled: Type.Boolean(),
    required: Type.Boolean({ description: 'Whether the organization lets the caller work without one' }),
    recoveryCodesLeft: Type.Integer(),
  },
  { title: 'SecondFactorStatus' },
);
export type SecondFactorStatus = Static<typeof SecondFactorStatus>;

export const NewSecondFactor = Type.Object(
  { password: Password },
  { title: 'NewSecondFactor', additionalProperties: false },
);
export type NewSecondFactor = Static<typeof NewSecondFactor>;

export const SecondFactorSecret = Type.Object(
  {
    secret: Type.String({ description: 'In base 32, for apps that cannot read the picture' }),
    uri: Type.String({ description: 'An `otpauth://` address: show it as a QR code' }),
  },
  { title: 'SecondFactorSecret' },
);
export type SecondFactorSecret = Static<typeof SecondFactorSecret>;

export const SecondFactorCode = Type.Object({ code: Code }, { title: 'SecondFactorCode', additionalProperties: false });
export type SecondFactorCode = Static<typeof SecondFactorCode>;

export const RecoveryCodes = Type.Object(
  { recoveryCodes: Type.Array(Type.String(), { description: 'Shown this once; each works once' }) },
  { title: 'RecoveryCodes' },
);
export type RecoveryCodes = Static<typeof RecoveryCodes>;

/** Both: a screen that was left open is not enough, and neither is a password that somebody learnt. */
export const SecondFactorProof = Type.Object(
  { password: Password, code: Code },
  { title: 'SecondFactorProof', additionalProperties: false },
);
export type SecondFactorProof = Static<typeof SecondFactorProof>;
