import type { ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { timestamp } from '../../kernel/schema.js';
import { demand, scopeOf } from '../roles/index.js';
import { findTeam } from '../teams/index.js';
import { findUsers } from '../users/index.js';
import { readLoads, readQueue } from './repository.js';
import type { Workload } from './schema.js';

/** Who of the team has how much, and what waits; agents see their own line. */
export async function getWorkload(ctx: ReadContext, teamId: string): Promise<Workload> {
  const { actor, installation, organization } = ctx;
  demand(actor, 'workload:read');
  const team = (await findTeam(ctx, teamId)) ?? fail('not_found', `There is no team ${teamId}`);
  const scope = scopeOf(actor, 'workload:read');
  const inTeam = actor.type === 'system' || actor.teams.includes(teamId);
  if (scope !== 'all' && !inTeam) fail('forbidden', 'It needs the permission workload:read in that team');
  const shown = team.members.filter((member) => scope === 'all' || scope === 'team' || member.userId === actor.id);
  const ids = shown.map((member) => member.userId);
  const [loads, queue, users, { settings }] = await Promise.all([
    readLoads(ctx, ids),
    readQueue(ctx, teamId),
    findUsers(ctx, ids),
    installation.rules.of(organization),
  ]);
  const loadOf = new Map(loads.map((load) => [load.assigneeId, load]));
  const active = new Map(users.filter((user) => user.status === 'active').map((user) => [user.id, user]));
  const agents = shown.flatMap(({ userId, lead }) => {
    const user = active.get(userId);
    if (!user) return [];
    const { open, unanswered, oldest } = loadOf.get(userId) ?? { open: 0, unanswered: 0, oldest: null };
    const online = installation.presence.isOnline(userId);
    const overloaded = open >= settings.overloadAt;
    return {
      userId,
      name: user.name,
      lead,
      online,
      open,
      unanswered,
      oldestWaitingSince: timestamp(oldest),
      overloaded,
    };
  });
  return {
    teamId,
    queue: { waiting: queue.waiting, oldestWaitingSince: timestamp(queue.oldest) },
    agents: agents.sort((a, b) => b.open - a.open || (a.name < b.name ? -1 : 1)),
  };
}
