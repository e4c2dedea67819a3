import type { Permission } from '../pages.js';
import type { Scope } from './granting.js';

export interface PermissionText {
  readonly group: PermissionGroup;
  /** What it allows. */
  readonly allows: string;
  /** In which scopes it means something, the widest first. */
  readonly scopes: readonly Scope[];
}

export const permissionGroups = ['Conversations', 'Contacts', 'The team’s tools', 'Seeing', 'Administration'] as const;
export type PermissionGroup = (typeof permissionGroups)[number];

const acts: readonly Scope[] = ['all', 'team', 'assigned'];
const inTeams: readonly Scope[] = ['all', 'team'];
const whole: readonly Scope[] = ['all'];

const talk = (allows: string, scopes = acts): PermissionText => ({ group: 'Conversations', allows, scopes });
const people = (allows: string, scopes = acts): PermissionText => ({ group: 'Contacts', allows, scopes });
const tools = (allows: string, scopes = inTeams): PermissionText => ({ group: 'The team’s tools', allows, scopes });
const seeing = (allows: string, scopes = whole): PermissionText => ({ group: 'Seeing', allows, scopes });
const admin = (allows: string): PermissionText => ({ group: 'Administration', allows, scopes: whole });

/** Every permission in words (docs/roles.md). A new one of the server is missed here by the compiler. */
export const permissionTexts: Readonly<Record<Permission, PermissionText>> = {
  'conversations:read': talk('See conversations and their messages'),
  'conversations:reply': talk('Reply, and mark as read'),
  'conversations:start': talk('Write first', inTeams),
  'conversations:take': talk('Take from a queue', inTeams),
  'conversations:assign': talk('Give to a colleague, to the queue or to another team'),
  'conversations:close': talk('Close with a reason'),
  'conversations:reopen': talk('Open a closed one again'),
  'conversations:note': talk('Write and pin notes'),
  'conversations:tag': talk('Tag conversations and messages'),
  'conversations:follow_up': talk('Have a conversation come back at a time'),
  'conversations:merge': talk('Merge conversations of one contact'),
  'feedback:write': talk('Write feedback for an agent', inTeams),
  'contacts:read': people('See contacts'),
  'contacts:write': people('Change contacts'),
  'contacts:transfer': people('Import and export contacts', whole),
  'contacts:merge': people('Link contacts that are one person'),
  'contacts:erase': people('Erase a person with everything they said', whole),
  'tags:write': tools('Make and change tags'),
  'canned_responses:write': tools('Make and change canned responses'),
  'close_reasons:write': tools('Make and change reasons for closing'),
  'views:share': tools('Share saved views'),
  'workload:read': seeing('See who has how much', ['all', 'team', 'own']),
  'directory:read': seeing('See colleagues and teams'),
  'events:read': seeing('Follow what happens'),
  'users:read': admin('List users with their e-mails'),
  'users:write': admin('Invite, add, change and deactivate users'),
  'roles:read': admin('List roles'),
  'roles:write': admin('Make and change roles'),
  'teams:write': admin('Make and change teams'),
  'channels:read': admin('List channels'),
  'channels:write': admin('Connect and change channels'),
  'settings:read': admin('Read the settings'),
  'settings:write': admin('Change the settings'),
  'keys:read': admin('List API keys'),
  'keys:write': admin('Make and revoke API keys'),
  'activities:read': admin('Read who did what'),
  'activities:write': admin('Purge what is old of it'),
  'failures:read': admin('List webhooks that were put aside'),
  'failures:replay': admin('Take such a webhook in once more'),
};

export const permissionNames = Object.keys(permissionTexts) as Permission[]; // its own keys

export const scopeNames: Readonly<Record<Scope, string>> = {
  all: 'All',
  team: 'Own teams',
  assigned: 'Assigned',
  own: 'Own',
};
