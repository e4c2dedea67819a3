import { describe, expect, test } from 'vitest';
import { groupsOf, shortCount } from '../../src/inbox/state/groups.js';
import { layOut, rowsShown } from '../../src/inbox/state/layout.js';
import { argumentOf, chosenOption, matching, movePick, newPick, typeInto } from '../../src/inbox/state/pick.js';
import { readQuery } from '../../src/inbox/state/query.js';
import { scrollBy, topLine } from '../../src/inbox/state/scrolling.js';
import { followRows, moveSelection, scrollList, selectIndex } from '../../src/inbox/state/selection.js';
import { initialState, lookInto, writing } from '../../src/inbox/state/state.js';
import { fieldOf } from '../../src/inbox/text/field.js';
import { tabsOf } from '../../src/inbox/view/groups-lines.js';
import { people } from './people.js';

const state = initialState({ columns: 120, rows: 40 });
const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const many = Array.from({ length: 100 }, (_, index) => ({ id: `c${index}` }));

describe('the cursor of the list', () => {
  test('stays with its conversation when others come before it, and gives way to its neighbour when it goes', () => {
    const first = followRows(state, rows('a', 'b', 'c'), 10);
    expect(first.selected).toEqual({ id: 'a', index: 0 });
    const moved = moveSelection(first, rows('a', 'b', 'c'), 10, 1);
    expect(followRows(moved, rows('new', 'a', 'b', 'c'), 10).selected).toEqual({ id: 'b', index: 2 });
    expect(followRows(moved, rows('a', 'c'), 10).selected).toEqual({ id: 'c', index: 1 });
    expect(followRows(moved, rows('a'), 10).selected).toEqual({ id: 'a', index: 0 });
    expect(followRows(moved, [], 10).selected).toEqual({ id: undefined, index: 0 });
  });

  test('takes the window along, and is taken along by it', () => {
    const down = moveSelection(followRows(state, many, 10), many, 10, 15);
    expect(down).toMatchObject({ selected: { id: 'c15' }, listTop: 6 });
    const wheel = scrollList(down, many, 10, 20);
    expect(wheel).toMatchObject({ selected: { id: 'c26' }, listTop: 26 });
    expect(selectIndex(wheel, many, 10, 1_000)).toMatchObject({ selected: { id: 'c99' }, listTop: 90 });
    expect(moveSelection(wheel, many, 10, -1_000)).toMatchObject({ selected: { id: 'c0' }, listTop: 0 });
  });

  test('begins anew in another group', () => {
    const down = moveSelection(followRows(state, many, 10), many, 10, 15);
    expect(lookInto(down, { group: 'all' })).toMatchObject({ group: 'all', listTop: 0, selected: { id: undefined } });
    expect(lookInto(down, { group: down.group })).toBe(down);
  });
});

describe('the window over a conversation', () => {
  const lines = (items: string[], each = 5) => items.flatMap((item) => Array.from({ length: each }, () => ({ item })));
  const newest = lines(['m3', 'm4', 'm5', 'm6']);

  test('follows the newest, until somebody scrolls up; at the end it follows again', () => {
    expect(topLine(state, newest, 10)).toBe(10);
    const up = scrollBy(state, newest, 10, -3);
    expect(topLine(up, newest, 10)).toBe(7);
    expect(up.scroll).toEqual({ item: 'm4', line: 2 });
    expect(scrollBy(up, newest, 10, 3).scroll).toBeUndefined();
    expect(topLine(scrollBy(state, newest, 10, -1_000), newest, 10)).toBe(0);
  });

  test('does not move when older ones are put before or newer ones behind', () => {
    const up = scrollBy(state, newest, 10, -3);
    const more = lines(['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8']);
    expect(more[topLine(up, more, 10)]).toEqual({ item: 'm4' });
    expect(topLine(up, more, 10)).toBe(17);
  });

  test('what it stood at is gone: the newest', () => {
    expect(topLine({ ...state, scroll: { item: 'gone', line: 1 } }, newest, 10)).toBe(10);
  });
});

describe('the layout', () => {
  const sizes = [
    [40, 20],
    [80, 24],
    [99, 30],
    [100, 30],
    [120, 40],
    [300, 90],
  ] as const;

  test.each(sizes)('at %i×%i every part is inside, one row is left free, and nothing overlaps', (columns, rowCount) => {
    for (const pane of ['list', 'thread'] as const) {
      for (const banner of [false, true]) {
        for (const mode of [
          { name: 'browse' } as const,
          writing({ as: 'answer' }, 'a\n'.repeat(30)),
          { name: 'filter', field: fieldOf('x'), before: '' } as const,
          {
            name: 'pick',
            pick: newPick({ kind: 'close', title: 't', options: many.map(({ id }) => ({ id, label: id })) }),
          } as const,
        ]) {
          const layout = layOut({ ...state, columns, rows: rowCount, pane, mode }, { banner });
          expect(layout.height).toBe(rowCount - 1);
          const parts = [
            layout.groups,
            layout.list,
            layout.thread,
            layout.drawer,
            layout.tabs,
            layout.titles,
            layout.status,
          ];
          for (const part of parts) {
            if (!part) continue;
            expect(part.x + part.width).toBeLessThanOrEqual(columns);
            expect(part.y + part.height).toBeLessThanOrEqual(rowCount - 1);
          }
          expect(layout.list !== undefined && layout.thread !== undefined).toBe(columns >= 100);
          const { messages, composer, thread } = layout;
          if (thread && messages && composer) {
            expect(messages.y + messages.height + 1).toBe(composer.y);
            expect(composer.y + composer.height).toBe(thread.y + thread.height);
          }
          expect(rowsShown(layout)).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe('choosing', () => {
  const options = ['Mei Tan', 'Arjun Nair', 'Amira Rahman'].map((label) => ({ id: label, label, detail: 'agent' }));
  const pick = newPick({ kind: 'assign', title: 'to', options });
  const type = (text: string, more: Partial<typeof pick> = {}) => typeInto({ ...pick, ...more }, fieldOf(text));

  test('what is typed narrows it; beginnings come first', () => {
    expect(matching(type('a')).map(({ id }) => id)[0]).toBe('Arjun Nair');
    expect(matching(type('rah ami')).map(({ id }) => id)).toEqual(['Amira Rahman']);
    expect(matching(type('tan')).map(({ id }) => id)).toEqual(['Mei Tan']);
    expect(chosenOption(type('zzz'))).toBeUndefined();
    expect(movePick(pick, -1).chosen).toBe(2);
    expect(movePick(type('zzz'), 1).chosen).toBe(0);
  });

  test('a name may have an argument behind it', () => {
    const close = {
      options: [
        { id: 'close', label: 'close' },
        { id: 'take', label: 'take' },
      ],
      withArgument: ['close'],
    };
    expect(argumentOf(type('close no answer', close))).toEqual(['close', 'no answer']);
    expect(matching(type('close no answer', close)).map(({ id }) => id)).toEqual(['close']);
    expect(argumentOf(type('take it', close))).toEqual([]);
  });
});

test('a filter is read in any order; what is not known is told', () => {
  const read = (text: string) => readQuery(text, people);
  expect(read('is:unread Nurul with:arjun  AISYAH')).toEqual({
    filter: { unread: true, assigneeId: 'usr_2' },
    words: ['nurul', 'aisyah'],
  });
  expect(read('with:me team:cx status:q').filter).toEqual({ assigneeId: 'usr_1', teamId: 'tem_1', status: 'queued' });
  expect(read('with:nobody').problem).toBe('nobody is called "nobody"');
  expect(read('team:zz').problem).toBe('there is no team "zz"');
  expect(read('is:odd').problem).toContain('is:unread');
  expect(read('http://x is:')).toEqual({ filter: {}, words: ['http://x'] });
});

test('groups have their filters, names and counts; the tabs show the current one at every width', () => {
  const count = { total: 12_345, unread: 1 };
  const counts = {
    mine: count,
    queue: count,
    all: count,
    filtered: null,
    pending: count,
    closed: count,
    teams: [{ teamId: 'tem_1', ...count }],
    channels: [],
    asOf: '',
  };
  const groups = groupsOf({ id: 'usr_1' }, people, counts);
  expect(groups.map(({ name }) => name)).toEqual([
    'Mine',
    'Queue',
    'All',
    'Due',
    'Pending',
    'Closed',
    'Customer Experience',
  ]);
  expect(groups[0]?.filter).toEqual({ assigneeId: 'usr_1', lifecycle: 'open' });
  expect([shortCount(999), shortCount(12_345), shortCount(3_000_000)]).toEqual(['999', '12k', '3M']);
  for (const width of [30, 40, 80]) {
    for (const { id } of groups) {
      const tabs = tabsOf(groups, { current: id, width });
      expect(tabs.map(({ group }) => group.id)).toContain(id);
      for (const { x, text } of tabs) expect(x + text.length).toBeLessThanOrEqual(width);
    }
  }
});
