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

const Name = Type.String({ minLength: 1, maxLength: 200, examples: ['Customer Experience'] });
const settingName = Type.String({ maxLength: 64 });

export const NewChannel = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 32, examples: ['whatsapp'] }),
    name: Name,
    defaultTeamId: Id('team'),
    config: Type.Record(settingName, Type.Unknown(), {
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

export const ChannelPatch = Type.Object(
  {
    name: Type.Optional(Name),
    defaultTeamId: Type.Optional(Id('team')),
    config: Type.Optional(
      Type.Record(settingName, Type.Unknown(), {
        maxProperties: 100,
        description:
          "The plugin's settings: what is given changes, null takes a setting away, the rest stays, secrets too",
        examples: [{ accessToken: 'EAAG…' }],
      }),
    ),
    verify: Type.Optional(
      Type.Boolean({
        description:
          'Whether the provider is asked if the credentials work: unless told, where a setting changes. Only an operator of the installation may leave it out then',
      }),
    ),
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The version that was read; where it is another one by now, 409' }),
    ),
  },
  { title: 'ChannelPatch', additionalProperties: false, minProperties: 1 },
);
export type ChannelPatch = Static<typeof ChannelPatch>;

/** One setting of a kind of channel, as a form needs it. */
export const ChannelSetting = Type.Object(
  {
    name: Type.String(),
    title: Type.String(),
    description: Nullable(Type.String()),
    required: Type.Boolean(),
    secret: Type.Boolean({ description: 'Written and never read: it is encrypted and not shown again' }),
    schema: Type.Record(Type.String(), Type.Unknown(), { description: 'What it takes, as JSON Schema' }),
  },
  { title: 'ChannelSetting' },
);
export type ChannelSetting = Static<typeof ChannelSetting>;

export const ChannelKind = Type.Object(
  {
    kind: Type.String({ description: 'The plugin, e.g. `whatsapp`' }),
    title: Type.String({ examples: ['WhatsApp'] }),
    webhookPath: Type.String({ description: 'Where the provider posts when a channel has no secret of its own' }),
    settings: Type.Array(ChannelSetting),
  },
  { title: 'ChannelKind' },
);
export type ChannelKind = Static<typeof ChannelKind>;
