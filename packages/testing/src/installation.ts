import whatsapp from '@tims/channel-whatsapp';
import {
  authenticate,
  type Clock,
  type CoreSettings,
  createChannel,
  createIngest,
  createOrganization,
  createTeam,
  createUser,
  findUser,
  type Ingest,
  type Installation,
  login,
  type Mailer,
  openInstallation,
  reading,
  type UserActor,
} from '@tims/core';
import type { TestDatabase } from './databases/index.js';
import { signWebhook } from './whatsapp.js';

export const testAppSecret = 'app-secret-of-the-tests';
export const testPassword = 'correct horse battery';

/** An organization with one administrator and one WhatsApp channel, on a real database. */
export interface TestInstallation {
  installation: Installation;
  ingest: Ingest;
  organization: string;
  admin: UserActor;
  adminEmail: string;
  teamId: string;
  channelId: string;
  phoneNumberId: string;
  /** Signs a body as Meta does and takes it in. */
  receive(payload: unknown): ReturnType<Ingest['accept']>;
  /** A user of this role who belongs to the teams. */
  addUser(role: string, teams: string[]): Promise<UserActor>;
  addTeam(key: string): Promise<string>;
  emailOf(actor: UserActor): Promise<string>;
  close(): Promise<void>;
}

export interface TestInstallationOptions {
  settings?: Partial<CoreSettings>;
  /** Where the Graph API is; a simulator's address. */
  graphUrl?: string;
  accessToken?: string;
  /** What time it is; the machine's own unless told. */
  clock?: Clock;
  /** What takes mails away; without one they are given up. */
  mail?: Mailer;
}

let serial = 0;

export async function openTestInstallation(
  database: TestDatabase,
  options: TestInstallationOptions = {},
): Promise<TestInstallation> {
  const graph = options.graphUrl === undefined ? {} : { graphUrl: options.graphUrl };
  const installation = await openInstallation({
    storage: database.storage,
    secretKey: 'a secret key of at least thirty-two characters',
    channelPlugins: [whatsapp],
    pluginSettings: { whatsapp: { appSecret: testAppSecret, verifyToken: 'verify', ...graph } },
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.mail ? { mail: options.mail } : {}),
    settings: { passwordCost: 4, ...options.settings },
  });
  const close = async () => {
    await installation.accessLog.flush();
    await database.close();
  };
  return addTestOrganization(installation, close, options);
}

/** Another organization in the same installation. */
export async function addTestOrganization(
  installation: Installation,
  close: () => Promise<void> = async () => {},
  options: Pick<TestInstallationOptions, 'accessToken'> = {},
): Promise<TestInstallation> {
  const number = ++serial;
  const email = `admin-${number}@example.com`;
  const made = await createOrganization(installation, {
    name: `Organization ${number}`,
    admin: { email, name: 'Admin', password: testPassword },
  });
  const admin = await actorOf(installation, email);
  const phoneNumberId = String(106_540_352_000_000 + number);
  // There may be no provider to ask; only an operator may connect a channel unasked.
  const channel = await createChannel(
    installation,
    { ...admin, operator: true },
    {
      kind: 'whatsapp',
      name: 'Shared number',
      defaultTeamId: made.teamId,
      config: { phoneNumberId, businessAccountId: '102290129340398', accessToken: options.accessToken ?? 'token' },
      verify: false,
    },
  );
  const ingest = createIngest(installation);
  return {
    installation,
    ingest,
    organization: made.organizationId,
    admin,
    adminEmail: email,
    teamId: made.teamId,
    channelId: channel.id,
    phoneNumberId,
    receive: (payload) => ingest.accept({ kind: 'whatsapp', ...signWebhook(payload, testAppSecret) }),
    async addUser(role, teams) {
      const userEmail = `user-${++serial}@example.com`;
      const teamsOfUser = teams.map((id) => ({ id }));
      await createUser(installation, admin, {
        email: userEmail,
        name: role,
        password: testPassword,
        role,
        teams: teamsOfUser,
      });
      return actorOf(installation, userEmail);
    },
    addTeam: async (key) => (await createTeam(installation, admin, { key, name: key })).id,
    async emailOf(actor) {
      const user = await findUser(reading(installation, actor.organization, actor), actor.id);
      if (!user) throw new Error(`There is no user ${actor.id}`);
      return user.email;
    },
    close,
  };
}

async function actorOf(installation: Installation, email: string): Promise<UserActor> {
  const session = await login(installation, { email, password: testPassword });
  const actor = await authenticate(installation, session.accessToken);
  if (!actor) throw new Error(`${email} cannot log in`);
  return actor;
}
