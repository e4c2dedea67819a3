import { conversationAt, type Person, type Stage } from '../stage/index.js';

/**
 * Who may call what, route by route, as the design's table of roles says it: written from the design, not from the
 * code, so that it can catch the code. A route that stands neither here nor among the public ones fails the test.
 */
export interface RouteExpectation {
  access: string;
  /** A valid call, with what it needs, in the place that is best for this caller: own team, assigned to them. */
  call(stage: AccessStage, caller: Person): Promise<ValidCall> | ValidCall;
  answers: Record<RoleKey, number>;
  /** What an administrator of another organization gets for the administrator's call. */
  stranger: number;
}

export interface ValidCall {
  path: string;
  /** A text is sent as it is, with its headers. */
  body?: object | string;
  headers?: Record<string, string>;
}

export const roleKeys = ['admin', 'operations_manager', 'manager', 'assistant_manager', 'agent'] as const;
export type RoleKey = (typeof roleKeys)[number];

export interface AccessStage extends Stage {
  people: Record<RoleKey, Person>;
  failureId: string;
  /** A tag of everybody's. */
  tagId: string;
}

/** Everybody · administration that operations managers may read · administration. */
export const everybody = (status: number) => byRole(status, status, status, status, status);
export const readers = (status: number) => byRole(status, status, 403, 403, 403);
export const admins = (status: number) => byRole(status, 403, 403, 403, 403);

/** Who leads: in all teams, or in their own. */
export const leaders = (status: number) => byRole(status, status, status, status, 403);

export function byRole(
  ...[admin, operations_manager, manager, assistant_manager, agent]: [number, number, number, number, number]
) {
  return { admin, operations_manager, manager, assistant_manager, agent };
}

export const own = async ({ tims }: Stage, { actor }: Person) => conversationAt(tims, { assignee: actor });
export const at = (path: string) => () => ({ path });
