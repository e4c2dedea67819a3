// @vitest-environment jsdom

import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import type { SearchHit } from '@tims/sdk';
import { afterEach, describe, expect, test } from 'vitest';
import { matching } from '../src/app/list/search.js';
import { freshRows, heldRows } from '../src/app/list/steady-rows.js';
import { closePage, listed, openPage } from './shell-page.js';
import { clock, conversation, problem, type ShellServer, someone, told } from './shell-server.js';

afterEach(closePage);

const three = (server: ShellServer) =>
  server.conversations.push(conversation('a', 3), conversation('b', 2), conversation('c', 1));

function hit(conversationId: string): SearchHit {
  const ranges = [{ start: 0, length: 4 }];
  return {
    kind: 'message',
    id: `msg_${conversationId}`,
    conversationId,
    contactId: null,
    at: clock(0),
    excerpt: 'zora',
    ranges,
  };
}

/** The oldest of three writes, and comes first. */
function write(server: ShellServer): void {
  server.conversations = server.conversations.filter(({ id }) => id !== 'c');
  const moved = conversation('c', 60, { version: 2, unreadCount: 1 });
  server.conversations.push(moved);
  act(() => server.tell(told(moved)));
}

describe('rows that are held', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id, index) => conversation(id, 10 - index)) as [
    ReturnType<typeof conversation>,
    ReturnType<typeof conversation>,
    ReturnType<typeof conversation>,
    ReturnType<typeof conversation>,
  ];

  test('stay in their order with what is known of them now', () => {
    const newer = { ...b, unreadCount: 3, version: 2 };
    expect(heldRows([a, b], [newer, a]).rows).toEqual([a, newer]);
  });

  test('keep the place of one that went', () => {
    const { rows, gone, waiting } = heldRows([a, b, c], [a, c]);
    expect(rows).toEqual([a, b, c]);
    expect([...gone]).toEqual(['b']);
    expect(waiting).toBe(0);
  });

  test('let older ones follow, and count the newer ones that wait', () => {
    const { rows, waiting } = heldRows([b, c], [a, b, c, d]);
    expect(rows).toEqual([b, c, d]);
    expect(waiting).toBe(1);
  });

  test('are all there is when there were none', () => {
    expect(heldRows([], [a, b])).toEqual(freshRows([a, b]));
  });
});

test('every word is looked for, without capitals and accents', () => {
  const jose = conversation('j', 1, { contact: { id: 'con', name: 'José Núñez', kind: 'customer', version: 1 } });
  const others = [conversation('a', 2), conversation('b', 3)];
  expect(matching([jose, ...others], 'nunez JOSE')).toEqual([jose]);
  expect(matching([jose, ...others], 'from b')).toEqual([others[1]]);
  expect(matching([jose, ...others], '  ')).toHaveLength(3);
});

test('rows move at once when nobody touches them, and wait while somebody does', async () => {
  const { server } = openPage('/inbox/queue', { prepare: three });
  await waitFor(() => expect(listed()).toEqual(['Customer a', 'Customer b', 'Customer c']));
  await screen.findByText('Live');
  fireEvent.pointerMove(screen.getByRole('option', { name: /Customer b/ }));
  write(server);
  await waitFor(() => expect(screen.getByRole('option', { name: /Customer c.*1 unread/ })).toBeDefined());
  expect(listed()).toEqual(['Customer a', 'Customer b', 'Customer c']);

  const list = screen.getByRole('listbox').parentElement as HTMLElement;
  fireEvent.pointerOut(list, { relatedTarget: document.body });
  await waitFor(() => expect(listed()).toEqual(['Customer c', 'Customer a', 'Customer b']));
});

test('new ones are announced above rows that are held, and let in by a press', async () => {
  const { server, user } = openPage('/inbox/queue', { prepare: three });
  await screen.findByText('Live');
  await screen.findByRole('option', { name: /Customer a/ });
  await user.keyboard('j');
  const fresh = conversation('n', 90);
  server.conversations.push(fresh);
  act(() => server.tell(told(fresh)));
  await user.click(await screen.findByRole('button', { name: '1 new' }));
  expect(listed()[0]).toBe('Customer n');
});

test('the cursor moves by keys, stays with its conversation, and opens it', async () => {
  const { server, user } = openPage('/inbox/queue', { prepare: three });
  await screen.findByText('Live');
  await screen.findByRole('option', { name: /Customer a/ });
  const active = () => screen.getByRole('listbox').getAttribute('aria-activedescendant');
  await user.keyboard('jj');
  expect(active()).toBe('conversation-b');
  await user.keyboard('k{ArrowDown}j');
  expect(active()).toBe('conversation-c');
  write(server);
  await waitFor(() => expect(listed()[0]).toBe('Customer c'), { timeout: 8_000 });
  expect(active()).toBe('conversation-c');
  await user.keyboard('{Enter}');
  expect(location.pathname).toBe('/inbox/queue/c');
});

test('more are loaded near the end', async () => {
  openPage('/inbox/queue', {
    prepare(server) {
      for (let i = 0; i < 60; i++) server.conversations.push(conversation(`n${i}`, i));
    },
  });
  await screen.findByRole('option', { name: /Customer n59/ });
  const list = screen.getByRole('listbox').parentElement as HTMLElement;
  list.scrollTop = 45 * 84;
  fireEvent.scroll(list);
  await waitFor(() => expect(screen.getAllByRole('option')[0]?.getAttribute('aria-setsize')).toBe('60'));
});

test('a search shows at once what is loaded, then what the server finds in this list and nowhere else', async () => {
  const named = (name: string) => ({ contact: { id: `con_${name}`, name, kind: 'customer', version: 1 } });
  const { server, user } = openPage('/inbox/queue', {
    prepare(server) {
      for (let i = 0; i < 60; i++) server.conversations.push(conversation(`n${i}`, i + 1));
      server.conversations.push(
        conversation('near', 90, named('Zora Near')),
        conversation('far', 0, named('Somebody')),
        conversation('done', 0, { ...named('Elsewhere'), status: 'closed', lifecycle: 'closed' }),
      );
      server.hits = ['far', 'done'].map((id) => hit(id));
    },
  });
  await screen.findByRole('option', { name: /Zora Near/ });
  await user.type(screen.getByRole('searchbox'), 'zora');
  await screen.findByText('Searching this list');
  expect(screen.getAllByRole('option')).toHaveLength(1);
  await screen.findByRole('option', { name: /Somebody/ });
  await screen.findByText('2 found in this list');
  expect(screen.queryByRole('option', { name: /Elsewhere/ })).toBeNull();
  expect(server.asked.some((asked) => asked.startsWith('GET /api/search?q=zora'))).toBe(true);
  await user.click(screen.getByRole('link', { name: 'Search everywhere' }));
  expect(location.pathname + location.search).toBe('/search?q=zora');
});

test('filters stand in the address, and an empty list says what to do', async () => {
  const { user, server } = openPage('/inbox/all', { prepare: three });
  await screen.findByRole('option', { name: /Customer a/ });
  await user.keyboard('f');
  await user.type(await screen.findByRole('combobox'), 'unread{Enter}');
  expect(location.search).toBe('?unread=1');
  await screen.findByText('Nothing matches the filter');
  expect(server.asked.some((asked) => asked.includes('unread=true'))).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Remove the filter Unread' }));
  await screen.findByRole('option', { name: /Customer a/ });
  expect(location.search).toBe('');
});

test.each([
  ['/inbox/mine', 'Nothing is waiting for you'],
  ['/inbox/queue', 'The queue is empty'],
  ['/inbox/closed', 'Nothing was closed yet'],
])('%s without rows says why that is fine', async (path, title) => {
  openPage(path);
  await screen.findByText(title);
});

test('a list that cannot be loaded says why, and is tried again', async () => {
  const { server, user } = openPage('/inbox/queue', {
    prepare(server) {
      three(server);
      server.instead.set('GET /api/conversations', () => problem(403, 'forbidden', 'Your role may not list them'));
    },
  });
  await screen.findByText('Your role may not list them');
  server.instead.clear();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('option', { name: /Customer a/ });
});

test('coming back to a list shows it at once', async () => {
  const { server, user } = openPage('/inbox/queue', { prepare: three });
  await screen.findByRole('option', { name: /Customer a/ });
  await user.keyboard('gc');
  await screen.findByText('Nothing was closed yet');
  const asked = server.asked.filter((one) => one.includes('status=queued')).length;
  await user.keyboard('gq');
  expect(listed()).toEqual(['Customer a', 'Customer b', 'Customer c']);
  expect(server.asked.filter((one) => one.includes('status=queued'))).toHaveLength(asked);
});

test('a row says who, what, for how long, and by whom; by the clock of the server', async () => {
  openPage('/inbox/all', {
    prepare(server) {
      // This machine is an hour behind.
      server.clock = 3_600_000;
      const now = new Date(Date.now() + server.clock - 20.5 * 60_000).toISOString();
      server.conversations.push(
        conversation('w', 5, {
          waitingSince: now,
          unreadCount: 2,
          assigneeId: 'usr_2',
          lastMessage: {
            id: 'm',
            direction: 'outbound',
            type: 'image',
            preview: '',
            state: 'read',
            at: now,
            version: 1,
          },
        }),
        conversation('old', 1, { lastActivityAt: clock(1) }),
      );
    },
  });
  const row = await screen.findByRole('option', { name: /Customer w/ });
  await waitFor(() => expect(row.textContent).toMatch(/Bela Varga answers/));
  expect(row.textContent).toMatch(/WhatsApp/);
  expect(row.textContent).toMatch(/20m/);
  expect(row.textContent).toMatch(/Read.*Photo/);
  expect(row.textContent).toMatch(/2 unread/);
  expect(row.textContent).toMatch(/Waiting 20 min/);
});

test('rows are selected by keys, and what is done to them is told one by one', async () => {
  const { server, user } = openPage('/inbox/queue', {
    prepare(server) {
      three(server);
      server.instead.set('POST /api/conversations/bulk', () => ({
        body: {
          done: 1,
          refused: 1,
          results: [
            { id: 'a', done: true, version: 2, code: null, detail: null },
            { id: 'b', done: false, version: null, code: 'conversation_taken', detail: null },
          ],
        },
      }));
    },
  });
  await screen.findByRole('option', { name: /Customer a/ });
  await user.keyboard('jx');
  await screen.findByText('1 selected');
  await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
  await screen.findByText('2 selected');
  expect(screen.getAllByRole('option').map((row) => row.getAttribute('aria-checked'))).toEqual([
    'true',
    'true',
    'false',
  ]);
  await user.keyboard('b');
  await user.type(await screen.findByPlaceholderText('Do what with them?'), 'take{Enter}');
  const dialog = await screen.findByRole('dialog', { name: '1 taken, 1 refused' });
  expect(dialog.textContent).toMatch(/Somebody has it already.*1.*Customer b/);
  await user.click(screen.getByRole('button', { name: 'All right' }));
  await screen.findByText('1 selected');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByText(/selected/)).toBeNull());
  expect(server.asked.filter((asked) => asked.includes('bulk'))).toHaveLength(1);
});

test('what the role does not allow is not offered', async () => {
  const { user } = openPage('/inbox/queue', {
    prepare(server) {
      three(server);
      server.me = someone({
        role: 'agent',
        permissions: { 'conversations:read': 'assigned', 'conversations:take': 'team' },
      });
    },
  });
  await screen.findByRole('option', { name: /Customer a/ });
  expect(screen.queryByRole('link', { name: 'Workload' })).toBeNull();
  await user.keyboard('{Shift>}x{/Shift}');
  await screen.findByText('3 selected');
  expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
  await user.keyboard('b');
  await screen.findByPlaceholderText('Do what with them?');
  expect(
    screen.getAllByRole('option', { hidden: true }).filter((one) => /^(Take|Close|Assign)/.test(one.textContent ?? '')),
  ).toHaveLength(1);
});
