import type { Me } from '@tims/sdk';
import { accountPages } from '../account/pages.js';
import { adminPages, mayRead } from '../admin/pages.js';
import type { Command } from '../inbox-kit/commands.js';
import { navigate, usePath } from './router.js';

/** What stands beside the inbox. */
export type AreaName = 'admin' | 'account';

export interface ShownArea {
  readonly area: AreaName;
  /** Which of its pages; undefined for one that there is not. */
  readonly page: string | undefined;
  /** For the window's title. */
  readonly title: string;
}

/** The area that the address names; undefined where it is the inbox's. */
export function useArea(me: Me): ShownArea | undefined {
  const [kind, name, ...rest] = usePath().pathname.split('/').filter(Boolean);
  if (kind === 'account') return shown('account', accountPages, rest.length > 0 ? '?' : (name ?? 'profile'));
  if (kind !== 'admin') return undefined;
  const first = adminPages.find((page) => mayRead(me, page))?.key;
  return shown('admin', adminPages, rest.length > 0 ? '?' : (name ?? first ?? 'settings'));
}

function shown(area: AreaName, pages: readonly { key: string; title: string }[], name: string): ShownArea {
  const page = pages.find(({ key }) => key === name);
  return { area, page: page?.key, title: page?.title ?? 'Not found' };
}

/** The way to each page, for the palette. */
export function areaCommands(me: Me): readonly Command[] {
  return [
    ...adminPages
      .filter((page) => mayRead(me, page))
      .map(({ key, title }) => ({
        id: `admin.${key}`,
        title,
        group: 'Administration',
        run: () => navigate(`/admin/${key}`),
      })),
    ...accountPages.map(({ key, title, path }) => ({
      id: `account.${key}`,
      title,
      group: 'Your account',
      run: () => navigate(path),
    })),
  ];
}
