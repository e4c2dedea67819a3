import type { ChannelConfig, InstallationSettings } from '@tims/core/plugin';
import Type, { type Static } from 'typebox';

const defaultGraphUrl = 'https://graph.facebook.com';
const defaultGraphVersion = 'v24.0';

/** Settings of one WhatsApp number. */
export const config = Type.Object(
  {
    phoneNumberId: Type.String({
      title: 'Phone number ID',
      description: "Meta's id of the number (WhatsApp Manager, API setup), not the number itself",
      pattern: '^[0-9]{1,32}$',
    }),
    businessAccountId: Type.Optional(
      Type.String({
        title: 'Business account ID',
        description: 'The WhatsApp Business Account (WABA); news about templates and the account are addressed to it',
        pattern: '^[0-9]{1,32}$',
      }),
    ),
    displayPhoneNumber: Type.Optional(
      Type.String({ title: 'Phone number', description: 'As customers see it', maxLength: 64 }),
    ),
    accessToken: Type.String({
      title: 'Access token',
      description: "A system user's token with whatsapp_business_messaging",
      minLength: 1,
      maxLength: 4096,
      secret: true,
    }),
    appSecret: Type.Optional(
      Type.String({
        title: 'App secret',
        description: "Only when this number hangs on an app of its own; the installation's app secret otherwise",
        minLength: 1,
        maxLength: 512,
        secret: true,
      }),
    ),
    verifyToken: Type.Optional(
      Type.String({
        title: 'Verify token',
        description: "Any text; given to Meta together with this channel's own webhook address",
        minLength: 1,
        maxLength: 512,
        secret: true,
      }),
    ),
  },
  { additionalProperties: false },
);
export type Config = Static<typeof config>;

/** Settings of the installation, shared by every channel on one Meta app. */
export const installation = Type.Object(
  {
    appSecret: Type.Optional(
      Type.String({
        title: 'App secret',
        description: 'Signs the webhooks',
        minLength: 1,
        maxLength: 512,
        secret: true,
      }),
    ),
    verifyToken: Type.Optional(
      Type.String({
        title: 'Verify token',
        description: 'Any text; given to Meta together with the webhook address',
        minLength: 1,
        maxLength: 512,
        secret: true,
      }),
    ),
    graphUrl: Type.String({
      title: 'Graph API address',
      pattern: '^https?://',
      default: defaultGraphUrl,
    }),
    graphVersion: Type.String({
      title: 'Graph API version',
      pattern: '^v[0-9]+\\.[0-9]+$',
      default: defaultGraphVersion,
    }),
  },
  { additionalProperties: false },
);
export type Installation = Static<typeof installation>;

/** Where the Graph API is, also for a host that has not filled in the defaults. */
export function graphBase(settings: InstallationSettings): string {
  const url = textSetting(settings, 'graphUrl') ?? defaultGraphUrl;
  const version = textSetting(settings, 'graphVersion') ?? defaultGraphVersion;
  return `${url.replace(/\/+$/, '')}/${version}`;
}

/** A setting that is a non-empty text; undefined otherwise. */
export function textSetting(
  settings: ChannelConfig | InstallationSettings,
  name: keyof Config | keyof Installation,
): string | undefined {
  const value = settings[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
