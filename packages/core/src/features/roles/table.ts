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
  'contacts:read',
  'directory:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'teams:write',
  'channels:read',
  'channels:write',
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
    'conversations:start': start,
    'conversations:take': start,
    'contacts:read': read,
    'directory:read': 'all',
    'events:read': 'all',
  }) as const;

const readAdministration = {
  'users:read': 'all',
  'roles:read': 'all',
  'channels:read': 'all',
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
      'conversations:reopen': 'all',
      ...readAdministration,
      'users:write': 'all',
      'teams:write': 'all',
      'channels:write': 'all',
      'failures:replay': 'all',
    },
  },
  {
    key: 'operations_manager',
    name: 'Operations Manager',
    rank: 40,
    grants: { ...conversations('all', 'all', 'all'), 'conversations:reopen': 'all', ...readAdministration },
  },
  {
    key: 'manager',
    name: 'Manager',
    rank: 30,
    grants: { ...conversations('all', 'team', 'team'), 'conversations:reopen': 'team' },
  },
  {
    key: 'assistant_manager',
    name: 'Assistant Manager',
    rank: 20,
    grants: { ...conversations('team', 'team', 'team'), 'conversations:reopen': 'team' },
  },
  {
    key: 'agent',
    name: 'Agent',
    rank: 10,
    grants: conversations('assigned', 'assigned', 'team'),
  },
];

export const roleKeys = roles.map((role) => role.key);

export function findRole(key: string): Role | undefined {
  return roles.find((role) => role.key === key);
}
