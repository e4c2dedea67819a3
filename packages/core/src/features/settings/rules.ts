import type { Installation } from '../../installation.js';
import type { Grants } from '../../kernel/actor.js';
import { findBuiltInRole, type Role, readCustomRoles } from '../roles/index.js';
import { readSettings } from './repository.js';
import type { OrganizationSettings } from './schema.js';

/** What one organization decided: its settings, and its own roles beside the five. */
export interface Rules {
  settings: OrganizationSettings;
  /** What somebody of the role may do under the settings; undefined for a role that there is not. */
  role(key: string): { rank: number; grants: Grants } | undefined;
}

/** How old what is known may get: another server may have changed it. */
const freshMs = 2_000;

/** Every organization's rules, kept in memory: each request looks at them. */
export interface RuleBook {
  of(organization: string): Promise<Rules>;
  /** Forgets everything; the next look reads the database. */
  refresh(): void;
}

export function createRuleBook({ storage }: Pick<Installation, 'storage'>): RuleBook {
  const known = new Map<string, { rules: Promise<Rules>; readAt: number }>();
  return {
    of(organization) {
      const found = known.get(organization);
      if (found && Date.now() - found.readAt < freshMs) return found.rules;
      const entry = { rules: readRules(storage, organization), readAt: Date.now() };
      // A database that does not answer must not be remembered as rules.
      entry.rules.catch(() => {
        if (known.get(organization) === entry) known.delete(organization);
      });
      known.set(organization, entry);
      return entry.rules;
    },
    refresh: () => known.clear(),
  };
}

async function readRules({ reader }: Installation['storage'], organization: string): Promise<Rules> {
  const [{ values: settings }, custom] = await Promise.all([
    readSettings(reader, organization),
    readCustomRoles(reader, organization),
  ]);
  const own = new Map(custom.map((role) => [role.key, role]));
  return {
    settings,
    role(key) {
      const role = own.get(key) ?? findBuiltInRole(key);
      return role && { rank: role.rank, grants: grantsUnder(settings, role) };
    },
  };
}

function grantsUnder({ managerSight }: OrganizationSettings, { key, grants }: Role): Grants {
  if (key !== 'manager' || managerSight === 'all') return grants;
  return { ...grants, 'conversations:read': 'team', 'contacts:read': 'team' };
}
