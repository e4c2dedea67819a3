import whatsapp from '@tims/channel-whatsapp';
import {
  authenticate,
  createChannel,
  createOrganization,
  createUser,
  findUserActor,
  type Installation,
  listOrganizationIds,
  listUsers,
  login,
  openInstallation,
  reading,
  type UserActor,
} from '@tims/core';
import type { Storage } from '@tims/core/plugin';
import { type Seeded, seed } from '@tims/server/operator';

export const password = 'correct horse battery';
export const phoneNumberId = '106540352242922';

const admin = { email: 'admin@example.com', name: 'Admin', password };
const manager = { email: 'manager@example.com', name: 'Manager', password, role: 'manager' };
/** The last moment of every bench's past: the same rows in every run. */
const until = Date.UTC(2026, 0, 1);

/** An installation whose passwords cost nothing: no bench of lists is about them. */
export function openBench(storage: Storage): Promise<Installation> {
  return openInstallation({
    storage,
    secretKey: 'the secret key of the benchmark, long enough',
    channelPlugins: [whatsapp],
    pluginSettings: { whatsapp: { appSecret: 'secret', verifyToken: 'verify' } },
    settings: { passwordCost: 4 },
  });
}

/** Fills an installation that is new; goes on where an earlier run was cut short; finds what a whole one left. */
export async function fillBench(
  installation: Installation,
  conversations: number,
  progress: (line: string) => void,
): Promise<Seeded> {
  const [there] = await listOrganizationIds(installation.storage.reader);
  const organization = there ?? (await begin(installation));
  return seed(installation, { organization, conversations, until, password, progress });
}

async function begin(installation: Installation): Promise<string> {
  const { organizationId, teamId } = await createOrganization(installation, { name: 'Bench', admin });
  const session = await login(installation, admin);
  const actor = await authenticate(installation, session.accessToken);
  if (!actor) throw new Error('The administrator cannot log in');
  await createUser(installation, actor, { ...manager, teams: [{ id: teamId }] });
  await createChannel(installation, actor, {
    kind: 'whatsapp',
    name: 'Shared number',
    defaultTeamId: teamId,
    config: { phoneNumberId, businessAccountId: '102290129340398', accessToken: 'token' },
    verify: false,
  });
  return organizationId;
}

export interface Someone {
  actor: UserActor;
  email: string;
}

export interface Cast {
  manager: Someone;
  /** Leads the second team. */
  lead: Someone;
  /** Has some two hundred conversations. */
  newcomer: Someone;
  /** Of each team one who has thousands. */
  agents: Someone[];
}

/** Who asks. */
export async function castOf(installation: Installation, { place }: Seeded): Promise<Cast> {
  const ctx = reading(installation, place.organization, { type: 'system', id: 'bench' });
  const { data } = await listUsers(ctx, { limit: 100 });
  const someone = async (id: string | undefined): Promise<Someone> => {
    const found = await findUserActor(ctx, id ?? '');
    if (!found) throw new Error(`There is no user ${id}`);
    return { actor: found.actor, email: data.find((user) => user.id === id)?.email ?? '' };
  };
  return {
    manager: await someone(data.find((user) => user.email === manager.email)?.id),
    lead: await someone(place.teams[1]?.agents[0]),
    newcomer: await someone(place.newcomer),
    agents: await Promise.all(place.teams.map(({ agents }) => someone(agents[1]))),
  };
}
