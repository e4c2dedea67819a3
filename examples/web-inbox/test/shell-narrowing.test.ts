// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { refusalsOf } from '../src/app/bulk/outcome.js';
import { filterBy, narrowingOf } from '../src/app/narrowing.js';
import { filterOf } from '../src/app/places.js';
import { hrefOf, parseRoute } from '../src/app/routes.js';

const known = { meId: 'usr_1', teamId: () => 'tem_1', viewFilter: () => ({ status: 'queued', unread: true }) as const };
const asked = (path: string, query = '') => {
  const route = parseRoute(path, query);
  return route && filterOf(route.place, route.narrowing, known);
};

test.each([
  [
    '/inbox/all',
    '?unread=1&lifecycle=any&team=tem_1&tag=tag_1&kind=tutor&follow-up=open&from=2026-11-01&to=2026-11-21',
  ],
  ['/inbox/due', ''],
  ['/views/viw_1/cnv_1', '?status=queued&order=waiting'],
  ['/views/viw_1', '?all=1'],
  ['/search', '?q=two+words&in=notes&order=relevance'],
  ['/search/cnv_1', '?q=x&message=msg_1'],
  ['/workload/cx', ''],
])('%s%s is read and written alike', (path, query) => {
  const route = parseRoute(path, query);
  expect(route && hrefOf(route)).toBe(path + query);
});

test('what cannot be understood in an address is left out', () => {
  const route = parseRoute('/inbox/all', '?status=sleepy&from=2026-02-31&to=soon&order=random&lifecycle=');
  expect(route?.narrowing).toEqual({});
});

test('a status or a lifecycle takes the place of what a list shows unless told', () => {
  expect(asked('/inbox/all')).toEqual({ lifecycle: 'open' });
  expect(asked('/inbox/all', '?status=pending')).toEqual({ status: 'pending' });
  expect(asked('/teams/cx', '?lifecycle=any')).toEqual({ teamId: 'tem_1' });
  expect(asked('/inbox/closed', '?lifecycle=open&status=queued')).toEqual({ lifecycle: 'closed' });
  expect(asked('/inbox/due', '?order=waiting')).toEqual({ followUp: 'due' });
});

test('a view shows what it says until it is changed, and everything once all is cleared', () => {
  expect(asked('/views/viw_1')).toEqual({ status: 'queued', unread: true });
  expect(asked('/views/viw_1', '?tag=tag_1')).toEqual({ tagId: 'tag_1' });
  expect(asked('/views/viw_1', '?all=1')).toEqual({});
});

test('days are those of the calendar here, the last one included, and come back from a saved filter', () => {
  const { from, to } = filterBy({ from: '2026-11-01', to: '2026-11-01' });
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(24 * 3_600_000);
  expect(new Date(from ?? '').getHours()).toBe(0);
  expect(narrowingOf({ from, to, order: 'waiting' })).toEqual({
    from: '2026-11-01',
    to: '2026-11-01',
    order: 'waiting',
  });
});

test('what was refused is told by reason, the most frequent first, without ids', () => {
  const refused = (id: string, code: 'forbidden' | 'transition_refused', detail: string | null = null) => {
    return { id, done: false, version: null, code, detail };
  };
  const done = { id: 'cnv_0', done: true, version: 2, code: null, detail: null };
  const closed = (id: string) => refused(id, 'transition_refused', `${id} is closed already.`);
  expect(refusalsOf([refused('cnv_1', 'forbidden'), done, closed('cnv_2'), closed('cnv_3')])).toEqual([
    { why: 'it is closed already', ids: ['cnv_2', 'cnv_3'] },
    { why: 'Your role may not do that there', ids: ['cnv_1'] },
  ]);
});
