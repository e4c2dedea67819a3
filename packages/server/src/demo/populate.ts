import { demoNumber } from '@tims/channel-whatsapp/simulator';
import {
  authenticate,
  createChannel,
  createOrganization,
  createTeam,
  createUser,
  type Installation,
  listChannels,
  listOrganizationIds,
  listTeams,
  listUsers,
  login,
  reading,
  TimsError,
  type UserActor,
} from '@tims/core';
import { StartError } from '../start-error.js';
import { forgetPassword, type KeptDemo } from './kept.js';
import { adminEmail, demoPeople, demoTeams } from './people.js';

interface DemoData {
  kept: KeptDemo;
  password: string;
  dataDir: string;
}

/**
 * Makes the demo's organization, teams, users and channel. Each is looked for first, so a start that was killed is
 * completed by the next.
 *
 * @returns the organization's id.
 */
export async function populate(installation: Installation, data: DemoData): Promise<string> {
  const organizations = await listOrganizationIds(installation.storage.reader);
  if (organizations.length === 0) await makeOrganization(installation, data);
  const admin = await signInAdmin(installation, data);
  const teams = await completeTeams(installation, admin);
  await completeUsers(installation, admin, { ...data, teamId: teams.cx });
  await completeChannel(installation, admin, { ...data, teamId: teams.cx });
  return admin.organization;
}

async function makeOrganization(installation: Installation, { password, dataDir }: DemoData): Promise<void> {
  const { email, name } = demoPeople[0];
  try {
    await createOrganization(installation, { name: 'Demo', admin: { email, name, password } });
  } catch (error) {
    if (!(error instanceof TimsError && error.code === 'password_refused')) throw error;
    // The next start may be told another one.
    forgetPassword(dataDir);
    throw new StartError(`TIMS_DEMO_PASSWORD is not good enough: ${error.message}. Leave it out to get one made.`);
  }
}

async function signInAdmin(installation: Installation, { password, dataDir }: DemoData): Promise<UserActor> {
  const session = await login(installation, { email: adminEmail, password }).catch((cause: unknown) => {
    throw new StartError(
      `${adminEmail} cannot log in with the password in ${dataDir}/demo-password: the file is not the one that the demo ` +
        'was made with, or TIMS_SECRET_KEY changed. Bring it back, or begin anew with an empty TIMS_DATA_DIR.',
      { cause },
    );
  });
  const admin = await authenticate(installation, session.accessToken);
  if (!admin) throw new StartError(`${adminEmail} is deactivated. Begin anew with an empty TIMS_DATA_DIR.`);
  return admin;
}

async function completeTeams(installation: Installation, admin: UserActor): Promise<{ cx: string }> {
  const there = await listTeams(reading(installation, admin.organization, admin));
  for (const team of demoTeams) {
    if (!there.some(({ key }) => key === team.key)) await createTeam(installation, admin, team);
  }
  const cx = there.find(({ key }) => key === 'cx');
  if (!cx) throw new StartError('The demo has no team "cx" any more. Begin anew with an empty TIMS_DATA_DIR.');
  return { cx: cx.id };
}

async function completeUsers(
  installation: Installation,
  admin: UserActor,
  { password, teamId }: DemoData & { teamId: string },
): Promise<void> {
  const { data: there } = await listUsers(reading(installation, admin.organization, admin), { limit: 100 });
  for (const { email, name, role } of demoPeople) {
    if (there.some((user) => user.email === email)) continue;
    await createUser(installation, admin, { email, name, role, password, teams: [{ id: teamId }] });
  }
}

async function completeChannel(
  installation: Installation,
  admin: UserActor,
  { kept, teamId }: DemoData & { teamId: string },
): Promise<void> {
  const { phoneNumberId, businessAccountId, displayPhoneNumber } = demoNumber;
  const there = await listChannels(reading(installation, admin.organization, admin));
  if (there.some(({ address }) => address === phoneNumberId)) return;
  await createChannel(installation, admin, {
    kind: 'whatsapp',
    name: 'Demo number',
    defaultTeamId: teamId,
    config: { phoneNumberId, businessAccountId, displayPhoneNumber, accessToken: kept.accessToken },
    // The simulator does not know the number yet: it is told where to send webhooks once the server listens.
    verify: false,
  });
}
