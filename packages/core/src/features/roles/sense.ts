import type { Grants, Scope } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { covers, type Permission, permissions } from './table.js';

const acts: readonly Scope[] = ['all', 'team', 'assigned'];
const inTeams: readonly Scope[] = ['all', 'team'];

/** In which scopes a permission means something, where that is not `all` alone. */
const meaningful: Partial<Record<Permission, readonly Scope[]>> = {
  'conversations:read': acts,
  'conversations:reply': acts,
  'conversations:start': inTeams,
  'conversations:take': inTeams,
  'conversations:assign': acts,
  'conversations:close': acts,
  'conversations:reopen': acts,
  'conversations:note': acts,
  'conversations:tag': acts,
  'conversations:follow_up': acts,
  'conversations:merge': acts,
  'feedback:write': inTeams,
  'workload:read': ['all', 'team', 'own'],
  'contacts:read': acts,
  'contacts:write': acts,
  'contacts:merge': acts,
  'tags:write': inTeams,
  'canned_responses:write': inTeams,
  'close_reasons:write': inTeams,
  'views:share': inTeams,
};

/** What somebody must be able to see before they can act on it, at least as far. */
const rests: Partial<Record<Permission, Permission>> = {
  'conversations:reply': 'conversations:read',
  'conversations:assign': 'conversations:read',
  'conversations:close': 'conversations:read',
  'conversations:reopen': 'conversations:read',
  'conversations:note': 'conversations:read',
  'conversations:tag': 'conversations:read',
  'conversations:follow_up': 'conversations:read',
  'conversations:merge': 'conversations:read',
  'contacts:write': 'contacts:read',
  'contacts:transfer': 'contacts:read',
  'contacts:merge': 'contacts:read',
  'contacts:erase': 'contacts:read',
  'users:write': 'users:read',
  'roles:write': 'roles:read',
  'channels:write': 'channels:read',
  'settings:write': 'settings:read',
  'keys:write': 'keys:read',
  'activities:write': 'activities:read',
  'failures:replay': 'failures:read',
};

/** The same, where seeing in any scope will do: a queue shows what is not yet read whole. */
const restsOnSome: Partial<Record<Permission, Permission>> = {
  'conversations:start': 'conversations:reply',
  'conversations:take': 'conversations:read',
  'feedback:write': 'conversations:read',
};

/**
 * Refuses a role that would not work as it reads: a scope that the permission does not know would be held like `all`,
 * and whoever may answer what they cannot see can do neither.
 *
 * @throws TimsError `role_senseless`
 */
export function demandSense(grants: Grants): void {
  for (const permission of permissions) {
    const scope = grants[permission];
    if (scope === undefined) continue;
    const scopes = meaningful[permission] ?? ['all'];
    if (!scopes.includes(scope)) {
      fail('role_senseless', `${permission} is held as ${scopes.join(' or ')}, not as ${scope}`);
    }
    const seen = rests[permission];
    if (seen && !covers(grants[seen], scope)) {
      fail('role_senseless', `${permission} as ${scope} needs ${seen} as ${scope} or wider`);
    }
    const some = restsOnSome[permission];
    if (some && !grants[some]) fail('role_senseless', `${permission} needs ${some}`);
  }
}
