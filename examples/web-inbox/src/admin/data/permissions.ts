import type { Permission } from '../pages.js';
import type { Scope } from './granting.js';

export interface PermissionText {
  readonly group: PermissionGroup;
  /** What it allows, after "may". */
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
  'conversations:read': talk('see conversations and their messages'),
  'conversations:reply': talk('reply, and mark as read'),
  'conversations:start': talk('write first', inTeams),
  'conversations:take': talk('take from a queue', inTeams),
  'conversations:assign': talk('give to a colleague, to the queue or to another team'),
  'conversations:close': talk('close with a reason'),
  'conversations:reopen': talk('open a closed one again'),
  'conversations:note': talk('write and pin notes'),
  'conversations:tag': talk('tag conversations and messages'),
  'conversations:follow_up': talk('have a conversation come back at a time'),
  'conversations:merge': talk('merge conversations of one contact'),
  'feedback:write': talk('write feedback for an agent', inTeams),
  'contacts:read': people('see contacts'),
  'contacts:write': people('change contacts'),
  'contacts:transfer': people('import and export contacts', whole),
  'contacts:merge': people('link contacts that are one person'),
  'contacts:erase': people('erase a person with everything they said', whole),
  'tags:write': tools('make and change tags'),
  'canned_responses:write': tools('make and change canned responses'),
  'close_reasons:write': tools('make and change reasons for closing'),
  'views:share': tools('share saved views'),
  'workload:read': seeing('see who has how much', ['all', 'team', 'own']),
  'directory:read': seeing('see colleagues and teams'),
  'events:read': seeing('follow what happens'),
  'users:read': admin('list users with their e-mails'),
  'users:write': admin('invite, add, change and deactivate users'),
  'roles:read': admin('list roles'),
  'roles:write': admin('make and change roles'),
  'teams:write': admin('make and change teams'),
  'channels:read': admin('list channels'),
  'channels:write': admin('connect channels'),
  'settings:read': admin('read the settings'),
  'settings:write': admin('change the settings'),
  'keys:read': admin('list API keys'),
  'keys:write': admin('make and revoke API keys'),
  'activities:read': admin('read who did what'),
  'activities:write': admin('purge what is old of it'),
  'failures:read': admin('list webhooks that were put aside'),
  'failures:replay': admin('take such a webhook in once more'),
};

export const permissionNames = Object.keys(permissionTexts) as Permission[]; // its own keys

export const scopeNames: Readonly<Record<Scope, string>> = {
  all: 'All',
  team: 'Own teams',
  assigned: 'Assigned',
  own: 'Own',
};
