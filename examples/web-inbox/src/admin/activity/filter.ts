import type { Input } from '@tims/sdk';

/** What the log is narrowed by, as it stands in the address and in the inputs. */
export interface ActivityFilter {
  readonly user: string;
  readonly action: string;
  /** Days in the reader's time: `2026-11-21`. */
  readonly from: string;
  readonly to: string;
}

const names = ['user', 'action', 'from', 'to'] as const;

export function parseFilter(search: string): ActivityFilter {
  const query = new URLSearchParams(search);
  const [user = '', action = '', from = '', to = ''] = names.map((name) => query.get(name) ?? '');
  return { user, action, from, to };
}

export function pathOf(filter: ActivityFilter): string {
  const query = new URLSearchParams();
  for (const name of names) if (filter[name]) query.set(name, filter[name]);
  return `/admin/activity${query.size > 0 ? `?${query}` : ''}`;
}

/** What the server is asked for: whole days, from their first moment to their last. */
export function asQuery({
  user,
  action,
  from,
  to,
}: ActivityFilter): Omit<Input<'activities.list'>, 'cursor' | 'limit'> {
  const [begin, end] = [startOf(from, 0), startOf(to, 1)];
  return {
    ...(user ? { userId: user } : {}),
    ...(action ? { action } : {}),
    ...(begin ? { from: begin } : {}),
    ...(end ? { to: end } : {}),
  };
}

function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  const time = new Date(year, month - 1, date + later);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
