import { type Group, shortCount } from '../state/groups.js';
import { widthOf } from '../text/width.js';
import { fitLine, type Line, sides, span } from './line.js';

/** A row of the column of groups: a group, or the name of a part. */
export type GroupRow = { readonly group: Group } | { readonly part: string };

export function groupRows(groups: readonly Group[]): GroupRow[] {
  return groups.flatMap((group) => (group.part ? [{ part: '' }, { part: group.part }, { group }] : [{ group }]));
}

export function groupLine(row: GroupRow, { current, width }: { current: string; width: number }): Line {
  if ('part' in row) return fitLine([span(` ${row.part}`, 'dim')], width);
  const { group } = row;
  const isCurrent = group.id === current;
  const { total = 0, unread = 0, more = false } = group.count ?? {};
  const name = span(`${isCurrent ? '▌' : ' '}${group.name}`, isCurrent ? 'marked' : unread > 0 ? 'strong' : 'plain');
  const count = group.count
    ? [
        span(unreadMark(unread, total), 'marked'),
        span(shortCount(total) + (more ? '+' : ''), isCurrent ? 'marked' : 'dim'),
        span(' '),
      ]
    : [];
  return sides([name], count, width);
}

export interface Tab {
  readonly group: Group;
  readonly x: number;
  readonly text: string;
}

/** The groups side by side, as many as there is room for; the current one is always among them. */
export function tabsOf(groups: readonly Group[], { current, width }: { current: string; width: number }): Tab[] {
  const texts = groups.map((group) => ` ${group.name}${group.count ? ` ${shortCount(group.count.total)}` : ''} `);
  const at = Math.max(
    0,
    groups.findIndex(({ id }) => id === current),
  );
  let first = 0;
  const widthFrom = (from: number, to: number) =>
    texts.slice(from, to + 1).reduce((sum, text) => sum + widthOf(text) + 1, 0);
  while (first < at && widthFrom(first, at) > width) first += 1;
  const tabs: Tab[] = [];
  let x = 0;
  for (const [index, group] of groups.entries()) {
    const text = texts[index] ?? '';
    if (index < first) continue;
    if (x + widthOf(text) > width) break;
    tabs.push({ group, x, text });
    x += widthOf(text) + 1;
  }
  return tabs;
}

export function tabsLine(groups: readonly Group[], options: { current: string; width: number }): Line {
  const spans = tabsOf(groups, options).flatMap(({ group, text }) => {
    const unread = (group.count?.unread ?? 0) > 0;
    return [span(text, group.id === options.current ? 'chosen' : unread ? 'strong' : 'dim'), span(' ')];
  });
  return fitLine(spans, options.width);
}

/** How many are unread; where all are, the number stands there already. */
function unreadMark(unread: number, total: number): string {
  if (unread === 0) return '';
  return unread === total ? '•' : `•${shortCount(unread)} `;
}
