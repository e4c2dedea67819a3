import type { Actor, Scope, UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import type { Permission } from './table.js';

/** The part of a conversation that decides who may do what with it. */
export interface Owned {
  teamId: string;
  assigneeId: string | null;
  lifecycle: string;
  handler: string;
}

/** The scope in which the actor holds the permission; undefined where not at all. TIMS itself may do everything. */
export function scopeOf(actor: Actor, permission: Permission): Scope | undefined {
  return actor.type === 'system' ? 'all' : actor.grants[permission];
}

/** Throws `forbidden` unless the actor holds the permission in some scope. */
export function demand(actor: Actor, permission: Permission): void {
  if (!scopeOf(actor, permission)) fail('forbidden', `It needs the permission ${permission}`);
}

/**
 * The one decision about one conversation. Whoever has it assigned holds it within the scope of a team as well: a lead
 * who is given a conversation of another team must see it and answer it, as an agent would.
 */
export function may(actor: Actor, permission: Permission, owned: Owned): boolean {
  const scope = scopeOf(actor, permission);
  if (!scope) return false;
  if (actor.type === 'system' || scope === 'all') return true;
  return owned.assigneeId === actor.id || (scope === 'team' && actor.teams.includes(owned.teamId));
}

/**
 * How much of a conversation the actor sees. Agents see the queue of their teams as a preview until somebody takes the
 * conversation, or whole where the organization wants it so.
 */
export function sight(actor: Actor, owned: Owned): 'whole' | 'preview' | 'none' {
  if (may(actor, 'conversations:read', owned)) return 'whole';
  return actor.type === 'user' && inOwnQueue(actor, owned) ? actor.queueSight : 'none';
}

/** Throws `not_found` for what the actor cannot see, so that a refusal tells nothing; `forbidden` for the rest. */
export function demandOn(actor: Actor, permission: Permission, owned: Owned): void {
  if (may(actor, permission, owned)) return;
  if (sight(actor, owned) === 'none') fail('not_found');
  fail('forbidden', `It needs the permission ${permission} on this conversation`);
}

/**
 * The decision about what belongs to a team or to everybody (tags, canned responses): whoever may write in all teams may
 * write everybody's, the others what belongs to a team of theirs.
 */
export function demandInTeam(actor: Actor, permission: Permission, teamId: string | null): void {
  const scope = scopeOf(actor, permission);
  if (actor.type === 'system' || scope === 'all') return;
  if (scope === 'team' && teamId !== null && actor.teams.includes(teamId)) return;
  fail('forbidden', `It needs the permission ${permission} ${teamId === null ? 'for all teams' : 'in that team'}`);
}

function inOwnQueue(actor: UserActor, owned: Owned): boolean {
  if (scopeOf(actor, 'conversations:read') !== 'assigned') return false;
  return isQueued(owned) && actor.teams.includes(owned.teamId);
}

/** Waits for somebody of its team to take it. */
export function isQueued(owned: Owned): boolean {
  return owned.lifecycle === 'open' && owned.handler === 'team';
}

/** What `narrow` filters by: undefined where the actor sees everything. */
export interface Narrowing {
  teams?: readonly string[];
  assignee: string;
  /** Also what waits in the queues of these teams. */
  queues?: readonly string[];
}

/** The one list filter: which conversations a user may see at all. */
export function narrowing(actor: UserActor | Actor): Narrowing | undefined {
  if (actor.type === 'system') return undefined;
  const scope = scopeOf(actor, 'conversations:read');
  if (scope === 'all') return undefined;
  if (scope === 'team') return { teams: actor.teams, assignee: actor.id };
  return { assignee: actor.id, queues: actor.teams };
}
