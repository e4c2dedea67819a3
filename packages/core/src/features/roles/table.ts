import type { Scope } from '../../kernel/actor.js';

/** What can be allowed. `docs/roles.md` says each in a sentence. */
export const permissions = [
  'conversations:read',
  'conversations:reply',
  'conversations:start',
  'conversations:take',
  'conversations:assign',
  'conversations:close',
  'conversations:reopen',
  'conversations:note',
  'conversations:tag',
  'conversations:follow_up',
  'conversations:merge',
  'feedback:write',
  'workload:read',
  'contacts:read',
  'contacts:write',
  'contacts:transfer',
  'contacts:merge',
  'contacts:erase',
  'tags:write',
  'canned_responses:write',
  'close_reasons:write',
  'views:share',
  'directory:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'teams:write',
  'channels:read',
  'channels:write',
  'settings:read',
  'settings:write',
  'keys:read',
  'keys:write',
  'activities:read',
  'activities:write',
  'failures:read',
  'failures:replay',
] as const;

export type Permission = (typeof permissions)[number];

export interface Role {
  key: string;
  name: string;
  /** Higher ranks grant lower ones. */
  rank: number;
  grants: Partial<Record<Permission, Scope>>;
}

/** Reading and answering conversations, by scope. */
const conversations = (read: Scope, act: Scope, start: Scope) =>
  ({
    'conversations:read': read,
    'conversations:reply': act,
    'conversations:close': act,
    'conversations:assign': act,
    'conversations:note': act,
    'conversations:tag': act,
    'conversations:follow_up': act,
    'conversations:start': start,
    'conversations:take': start,
    'contacts:read': read,
    'contacts:write': act,
    'directory:read': 'all',
    'events:read': 'all',
  }) as const;

/** What whoever answers for the work of others may do, in the scope in which they do. */
const lead = (scope: Scope) =>
  ({
    'conversations:reopen': scope,
    'conversations:merge': scope,
    'contacts:merge': scope,
    'feedback:write': scope,
    'workload:read': scope,
    'tags:write': scope,
    'canned_responses:write': scope,
    'close_reasons:write': scope,
    'views:share': scope,
  }) as const;

const readAdministration = {
  'users:read': 'all',
  'roles:read': 'all',
  'channels:read': 'all',
  'settings:read': 'all',
  'keys:read': 'all',
  'activities:read': 'all',
  'failures:read': 'all',
} as const;

/** The five roles that every organization has (DESIGN §2). */
export const roles: readonly Role[] = [
  {
    key: 'admin',
    name: 'Administrator',
    rank: 50,
    grants: {
      ...conversations('all', 'all', 'all'),
      ...lead('all'),
      'contacts:transfer': 'all',
      'contacts:erase': 'all',
      ...readAdministration,
      'users:write': 'all',
      'roles:write': 'all',
      'teams:write': 'all',
      'channels:write': 'all',
      'settings:write': 'all',
      'keys:write': 'all',
      'activities:write': 'all',
      'failures:replay': 'all',
    },
  },
  {
    key: 'operations_manager',
    name: 'Operations Manager',
    rank: 40,
    grants: {
      ...conversations('all', 'all', 'all'),
      ...lead('all'),
      'contacts:transfer': 'all',
      ...readAdministration,
    },
  },
  {
    key: 'manager',
    name: 'Manager',
    rank: 30,
    grants: { ...conversations('all', 'team', 'team'), ...lead('team') },
  },
  {
    key: 'assistant_manager',
    name: 'Assistant Manager',
    rank: 20,
    grants: { ...conversations('team', 'team', 'team'), ...lead('team') },
  },
  {
    key: 'agent',
    name: 'Agent',
    rank: 10,
    grants: { ...conversations('assigned', 'assigned', 'team'), 'workload:read': 'own' },
  },
];

/** How far a scope reaches, the narrowest first. */
const reach: readonly Scope[] = ['own', 'assigned', 'team', 'all'];

/** Whether whoever holds `held` may hand on `given`: nobody grants what they lack. */
export function covers(held: Scope | undefined, given: Scope): boolean {
  return held !== undefined && reach.indexOf(held) >= reach.indexOf(given);
}

/** The narrower of two scopes. */
export function narrower(a: Scope, b: Scope): Scope {
  return covers(a, b) ? b : a;
}

export const roleKeys = roles.map((role) => role.key);

/** One of the five; an organization's own roles are in its rules. */
export function findBuiltInRole(key: string): Role | undefined {
  return roles.find((role) => role.key === key);
}
