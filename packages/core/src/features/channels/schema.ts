import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

export const Channel = Type.Object(
  {
    id: Id('channel'),
    kind: Type.String({ description: 'The plugin, e.g. `whatsapp`' }),
    name: Type.String(),
    address: Type.String({ description: 'What webhooks are routed by; WhatsApp: the phone number id' }),
    account: Nullable(Type.String({ description: 'WhatsApp: the business account id' })),
    defaultTeamId: Id('team'),
    active: Type.Boolean({ description: 'An inactive channel refuses sends; what comes in is still stored' }),
    config: Type.Record(Type.String(), Type.Unknown(), { description: 'Settings without their secrets' }),
    secrets: Type.Array(Type.String(), { description: 'Names of the secrets that are set' }),
    webhookPath: Type.String({ description: 'Where the provider posts when the channel has its own secret' }),
    version: Type.Integer(),
    createdAt: Timestamp,
  },
  { title: 'Channel' },
);
export type Channel = Static<typeof Channel>;

export const NewChannel = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 32, examples: ['whatsapp'] }),
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Customer Experience'] }),
    defaultTeamId: Id('team'),
    config: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), {
      description: "The plugin's settings, secrets included; secrets are encrypted and never shown again",
      examples: [{ phoneNumberId: '106540352242922', accessToken: 'EAAG…' }],
    }),
    verify: Type.Optional(
      Type.Boolean({
        description:
          'Ask the provider whether the credentials work; only an operator of the installation may leave it out',
      }),
    ),
  },
  { title: 'NewChannel', additionalProperties: false },
);
export type NewChannel = Static<typeof NewChannel>;
