import type { Me } from '@tims/sdk';

export type Permission = keyof Me['permissions'];

/** A page of the administration, and what it takes to see it and to change something there. */
export interface AdminPage {
  readonly key: AdminPageKey;
  readonly title: string;
  /** Any of them shows the page. */
  readonly read: readonly Permission[];
  readonly write: Permission;
}

export type AdminPageKey =
  | 'settings'
  | 'users'
  | 'teams'
  | 'roles'
  | 'channels'
  | 'contact-files'
  | 'tags'
  | 'canned-responses'
  | 'close-reasons'
  | 'keys'
  | 'activity';

export const adminPages: readonly AdminPage[] = [
  { key: 'settings', title: 'Settings', read: ['settings:read'], write: 'settings:write' },
  { key: 'users', title: 'Users', read: ['users:read'], write: 'users:write' },
  { key: 'teams', title: 'Teams', read: ['teams:write', 'users:read'], write: 'teams:write' },
  { key: 'roles', title: 'Roles', read: ['roles:read'], write: 'roles:write' },
  { key: 'channels', title: 'Channels', read: ['channels:read'], write: 'channels:write' },
  { key: 'contact-files', title: 'Import and export', read: ['contacts:transfer'], write: 'contacts:transfer' },
  { key: 'tags', title: 'Tags', read: ['tags:write'], write: 'tags:write' },
  {
    key: 'canned-responses',
    title: 'Canned responses',
    read: ['canned_responses:write'],
    write: 'canned_responses:write',
  },
  { key: 'close-reasons', title: 'Close reasons', read: ['close_reasons:write'], write: 'close_reasons:write' },
  { key: 'keys', title: 'API keys', read: ['keys:read'], write: 'keys:write' },
  { key: 'activity', title: 'Activity', read: ['activities:read'], write: 'activities:write' },
];

export function mayRead({ permissions }: Pick<Me, 'permissions'>, { read }: AdminPage): boolean {
  return read.some((permission) => permissions[permission] !== undefined);
}

export function seesAdministration(me: Pick<Me, 'permissions'>): boolean {
  return adminPages.some((page) => mayRead(me, page));
}
