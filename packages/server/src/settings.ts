import type { ChannelPlugin } from '@tims/core/plugin';
import Type, { type Static, type TSchema } from 'typebox';

const address = (description: string, examples: string[]) =>
  Type.String({ description, pattern: '^https?://[^\\s]+$', examples });

/** Every setting of the installation itself. A property with `secret: true` is never printed. */
export const Settings = Type.Object(
  {
    port: Type.Integer({
      description: 'The port that the server listens on; 0 takes a free one',
      default: 4000,
      minimum: 0,
      maximum: 65_535,
    }),
    host: Type.String({
      description: 'The address that it listens on; 0.0.0.0 is every address of the machine',
      default: '127.0.0.1',
      minLength: 1,
    }),
    dataDir: Type.String({
      description: 'The folder for the SQLite file, generated keys and the demo',
      default: './data',
      minLength: 1,
    }),
    databaseUrl: Type.Optional(
      Type.String({
        description: 'The database; `sqlite:<data folder>/tims.db` unless told',
        pattern: '^[a-z][a-z0-9+.-]*:.+',
        examples: ['sqlite:./data/tims.db', 'mysql://user:password@host:3306/tims'],
        secret: true,
      }),
    ),
    secretKey: Type.Optional(
      Type.String({
        description:
          'Signs tokens and seals the secrets of channels; generated once into `<data folder>/secret.key` unless told',
        minLength: 32,
        maxLength: 1024,
        secret: true,
      }),
    ),
    publicUrl: Type.Optional(
      address('Where people and providers reach the server, when that is not its own address', [
        'https://inbox.example.com',
      ]),
    ),
    allowedOrigins: Type.Array(
      Type.String({ pattern: '^https?://[^/\\s,]+$', examples: ['https://desk.example.com'] }),
      {
        description: "Origins that browsers may call from, beside the server's own",
        default: [],
        examples: ['https://desk.example.com,https://portal.example.com'],
      },
    ),
    inboxDir: Type.Optional(
      Type.String({
        description:
          'The folder of a built web inbox, shown at `/`; the one that comes with TIMS unless told, `off` for none',
        minLength: 1,
        examples: ['./my-inbox/dist', 'off'],
      }),
    ),
    logLevel: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      description: 'The least serious line that is logged',
      default: 'info',
    }),
    metricsToken: Type.Optional(
      Type.String({
        description: 'Lets `/metrics` be read from other machines, as a bearer token',
        minLength: 8,
        secret: true,
      }),
    ),
    trustProxy: Type.Optional(
      Type.String({
        description: 'Proxies whose `X-Forwarded-For` is believed: addresses or networks, with commas between',
        pattern:
          '^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(/[0-9]+)?)(\\s*,\\s*(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(/[0-9]+)?))*$',
        examples: ['127.0.0.1', '10.0.0.0/8,loopback'],
      }),
    ),
    tlsCert: Type.Optional(
      Type.String({
        description: 'A PEM file with the certificate, and those between it and its root: the server then speaks HTTPS',
        minLength: 1,
        examples: ['/etc/tims/fullchain.pem'],
      }),
    ),
    tlsKey: Type.Optional(
      Type.String({
        description: "A PEM file with the certificate's private key, without a passphrase",
        minLength: 1,
        examples: ['/etc/tims/privkey.pem'],
      }),
    ),
    outboxLeaseSeconds: Type.Integer({
      description: 'How long one send may take before it counts as given up; its HTTP call ends after half of it',
      default: 60,
      minimum: 2,
      maximum: 3_600,
    }),
    reopenWindowHours: Type.Number({
      description: 'How long an inbound message reopens a closed conversation instead of starting a new one',
      default: 24,
      minimum: 0,
      maximum: 8_760,
    }),
    ingestQueue: Type.Integer({
      description: 'Webhooks that may wait for their commit; past it the answer is 503',
      default: 2_000,
      minimum: 1,
      maximum: 1_000_000,
    }),
    activityRetentionDays: Type.Integer({
      description: 'How long the activity log is kept, days',
      default: 365,
      minimum: 31,
      maximum: 36_500,
    }),
    rateLimitPerMinute: Type.Integer({
      description: 'Requests a minute of one caller',
      default: 1_200,
      minimum: 1,
    }),
    loginLimitPerMinute: Type.Integer({
      description: 'Log-ins a minute from one address',
      default: 30,
      minimum: 1,
    }),
    smtpUrl: Type.Optional(
      Type.String({
        description: 'The server that takes mails away; without one they are written into `<data folder>/mail`',
        pattern: '^smtps?://[^\\s]+$',
        examples: ['smtp://user:password@mail.example.com:587', 'smtps://user:password@mail.example.com'],
        secret: true,
      }),
    ),
    mailFrom: Type.String({
      description: 'Who mails are from',
      default: 'TIMS <tims@localhost>',
      minLength: 3,
      maxLength: 300,
      pattern: '^[^\\r\\n]*@[^\\r\\n]*$',
      examples: ['Bright Tuition <inbox@example.com>'],
    }),
    demoPassword: Type.Optional(
      Type.String({
        description: 'The password of the demo users; generated into `<data folder>/demo-password` unless told',
        minLength: 8,
        maxLength: 128,
        secret: true,
      }),
    ),
    simulatorPort: Type.Integer({
      description: "The port of the demo's WhatsApp simulator; 0 takes a free one",
      default: 4001,
      minimum: 0,
      maximum: 65_535,
    }),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof Settings>;

/** One setting, under all its names. */
export interface SettingDefinition {
  /** Where it stands in the config file, e.g. `['port']`, `['whatsapp', 'appSecret']`. */
  path: readonly string[];
  /** Its name in the environment, e.g. `TIMS_WHATSAPP_APP_SECRET`. */
  variable: string;
  schema: TSchema;
  secret: boolean;
}

/** The installation's settings, then those of each channel plugin, which come from its schema. */
export function settingDefinitions(
  plugins: readonly Pick<ChannelPlugin, 'id' | 'installation'>[],
): SettingDefinition[] {
  return [
    ...definitionsOf([], Settings.properties),
    ...plugins.flatMap((plugin) => definitionsOf([plugin.id], plugin.installation.properties)),
  ];
}

function definitionsOf(parents: string[], properties: Record<string, TSchema>): SettingDefinition[] {
  return Object.entries(properties).map(([name, schema]) => {
    const path = [...parents, name];
    return { path, variable: variableOf(path), schema, secret: 'secret' in schema && schema.secret === true };
  });
}

/** `['whatsapp', 'appSecret']` is `TIMS_WHATSAPP_APP_SECRET`. */
function variableOf(path: readonly string[]): string {
  const words = path.map((name) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_'));
  return ['TIMS', ...words].join('_').toUpperCase();
}
