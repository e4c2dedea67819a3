// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { trailing } from '../src/app/counts.js';
import { closePage, openPage } from './shell-page.js';
import { conversation, noCounts, told } from './shell-server.js';

afterEach(closePage);

test('groups, teams and channels show how many are unread, or how many there are', async () => {
  openPage('/inbox/queue', {
    prepare(server) {
      server.counts = {
        ...noCounts(),
        mine: { total: 4, unread: 1 },
        queue: { total: 12, unread: 0 },
        teams: [{ teamId: 'tem_1', total: 16, unread: 3 }],
        channels: [{ id: 'chn_1', kind: 'whatsapp', name: 'Shared number', total: 16, unread: 3 }],
      };
    },
  });
  const nav = await screen.findByRole('navigation');
  expect(await within(nav).findByRole('link', { name: /Mine.*4 conversations, 1 unread/ })).toHaveProperty(
    'textContent',
    expect.stringMatching(/1$/),
  );
  expect(within(nav).getByRole('link', { name: /Queue.*12 conversations$/ }).textContent).toMatch(/12$/);
  expect(await within(nav).findByRole('link', { name: /Customer Experience.*3 unread/ })).toBeDefined();
  expect(within(nav).getByRole('link', { name: /Shared number.*3 unread/ })).toBeDefined();
});

test('the title says what waits for the reader: mine and the queue', async () => {
  openPage('/inbox/all', {
    prepare(server) {
      server.counts = {
        ...noCounts(),
        mine: { total: 4, unread: 1 },
        queue: { total: 12, unread: 2 },
        all: { total: 90, unread: 40 },
      };
    },
  });
  await waitFor(() => expect(document.title).toBe('(3) All – TIMS'));
});

test('they follow what happens', async () => {
  const { server } = openPage('/inbox/queue');
  await screen.findByText('Live');
  const created = conversation('n', 50, { unreadCount: 1 });
  server.conversations.push(created);
  server.counts = { ...noCounts(), queue: { total: 1, unread: 1 } };
  server.tell(told(created));
  await waitFor(() => expect(document.title).toBe('(1) Queue – TIMS'), { timeout: 4_000 });
});

test('a burst is one question after a moment, then one a second', () => {
  vi.useFakeTimers();
  const work = vi.fn();
  const poke = trailing(work, 1_000, 350);
  for (let i = 0; i < 500; i++) poke.soon();
  vi.advanceTimersByTime(349);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(work).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 50; i++) {
    poke.soon();
    vi.advanceTimersByTime(100);
  }
  expect(work.mock.calls.length).toBeLessThanOrEqual(6);
  poke.soon();
  poke.cancel();
  const before = work.mock.calls.length;
  vi.advanceTimersByTime(5_000);
  expect(work).toHaveBeenCalledTimes(before);
  vi.useRealTimers();
});
