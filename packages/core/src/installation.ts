import { migrate } from './database/migrate.js';
import { migrations } from './database/migrations/index.js';
import { type AccessLog, createAccessLog } from './features/activities/index.js';
import { type ChannelDirectory, createChannelDirectory } from './features/channels/index.js';
import type { Mailer } from './features/mail/index.js';
import { createRuleBook, type RuleBook } from './features/settings/index.js';
import { createPresence, type Presence } from './features/users/index.js';
import { type Clock, systemClock } from './kernel/clock.js';
import { type Log, silentLog } from './kernel/log.js';
import { createSecretBox, type SecretBox } from './kernel/secrets.js';
import { createEphemeral, type Ephemeral } from './pipeline/ephemeral.js';
import { createRecentEvents, type RecentEvents } from './pipeline/event-log/recent.js';
import { createWakeups, type Wakeups } from './pipeline/event-log/wakeups.js';
import { createFloods, type Floods } from './pipeline/ingest/floods.js';
import type { ChannelPlugin, InstallationSettings, Storage } from './plugin/index.js';

/** One TIMS: its database, its plugins, its keys. Everything in core works on one of these; there are no globals. */
export interface Installation {
  readonly storage: Storage;
  /** Channel plugins by id. */
  readonly channelPlugins: ReadonlyMap<string, ChannelPlugin>;
  /** The installation's own settings of each plugin, by plugin id. */
  readonly pluginSettings: ReadonlyMap<string, InstallationSettings>;
  readonly channels: ChannelDirectory;
  /** What each organization decided for itself. */
  readonly rules: RuleBook;
  readonly secrets: SecretBox;
  readonly wakeups: Wakeups;
  readonly recentEvents: RecentEvents;
  readonly presence: Presence;
  readonly floods: Floods;
  /** Sends mails; without one they wait and are given up. */
  readonly mail: Mailer | undefined;
  readonly ephemeral: Ephemeral;
  /** Who looked at what, on its way into the activity log. */
  readonly accessLog: AccessLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: CoreSettings;
  close(): Promise<void>;
}

export interface CoreSettings {
  /** How long a closed conversation is continued by a new inbound message, milliseconds. */
  reopenWindowMs: number;
  /** How long one send may take before it counts as given up, milliseconds; the HTTP timeout is half of it. */
  outboxLeaseMs: number;
  /** Webhooks that may wait for their commit; past it, 503. */
  ingestQueue: number;
  /** Bytes of webhooks that may wait for their commit; past it, 503. */
  ingestBytes: number;
  /** Rounds of bcrypt, as a power of two. No setting for operators: less is for tests, which sign in a thousand people. */
  passwordCost: number;
  /** How long raw webhook bodies are kept, milliseconds. */
  rawRetentionMs: number;
  /** Where people reach the server: what links in mails begin with. No slash at its end. */
  publicUrl: string;
  /** How long activities are kept, milliseconds; not under 31 days. */
  activityRetentionMs: number;
}

export const defaultSettings: CoreSettings = {
  reopenWindowMs: 24 * 3_600_000,
  outboxLeaseMs: 60_000,
  ingestQueue: 2_000,
  ingestBytes: 128 * 1024 * 1024,
  passwordCost: 12,
  rawRetentionMs: 31 * 24 * 3_600_000,
  publicUrl: 'http://127.0.0.1:4000',
  activityRetentionMs: 365 * 24 * 3_600_000,
};

export interface InstallationOptions {
  storage: Storage;
  /** At least 32 characters; see `createSecretBox`. */
  secretKey: string;
  channelPlugins?: readonly ChannelPlugin[];
  pluginSettings?: Record<string, InstallationSettings>;
  settings?: Partial<CoreSettings>;
  mail?: Mailer | undefined;
  clock?: Clock;
  log?: Log;
}

/** Brings the database to this version's schema and opens the installation on it. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { storage, log = silentLog } = options;
  await migrate(storage, [{ namespace: 'core', migrations }], { log });
  const base = {
    storage,
    channelPlugins: new Map((options.channelPlugins ?? []).map((plugin) => [plugin.id, plugin])),
    pluginSettings: new Map(Object.entries(options.pluginSettings ?? {})),
    secrets: createSecretBox(options.secretKey),
    wakeups: createWakeups(),
    recentEvents: createRecentEvents(),
    presence: createPresence(),
    floods: createFloods(),
    mail: options.mail,
    ephemeral: createEphemeral(),
    clock: options.clock ?? systemClock,
    log,
    settings: { ...defaultSettings, ...options.settings },
    accessLog: createAccessLog(() => installation),
    close: async () => {
      await installation.accessLog.flush();
      await storage.close();
    },
  };
  const installation: Installation = {
    ...base,
    rules: createRuleBook(base),
    channels: createChannelDirectory(base),
  };
  return installation;
}
