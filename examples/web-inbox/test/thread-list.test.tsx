// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { firstUnread, rowsOf } from '../src/inbox-kit/thread/list/rows.js';
import { clock, conversation, message, problem } from './shell-server.js';
import { arrives, askedFor, closeStage, inbound, mine, openStage } from './thread-stage.js';

afterEach(closeStage);

const at = (id: string, seconds: number, more = {}) => ({
  type: 'message' as const,
  id,
  message: message(id, 'cnv_1', { ...inbound(id), displayAt: clock(seconds), ...more }),
});
const read = 'POST /api/conversations/cnv_1/read';

describe('rows', () => {
  const day = 86_400;

  test('begin a day with its date', () => {
    const rows = rowsOf([at('a', 0), at('b', 60), at('c', 2 * day)], undefined, 'usr_1');
    expect(rows.map((row) => row.day !== undefined)).toEqual([true, false, true]);
  });

  test('group what one person says within five minutes', () => {
    const mineAt = (id: string, seconds: number) =>
      at(id, seconds, { direction: 'outbound', author: { type: 'user', id: 'usr_1' } });
    const rows = rowsOf([at('a', 0), at('b', 60), mineAt('c', 70), at('d', 80), at('e', 800)], undefined, 'usr_1');
    expect(rows.map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  test('mark where the unread begin, and start a group there', () => {
    const rows = rowsOf([at('a', 0), at('b', 1), at('c', 2)], 'b', 'usr_1');
    expect(rows.map(({ unread, first }) => [unread, first])).toEqual([
      [false, true],
      [true, true],
      [false, false],
    ]);
  });

  test('count only what came in as unread', () => {
    const messages = [at('a', 0), at('b', 1), at('c', 2, { direction: 'outbound' })].map((item) => item.message);
    expect(firstUnread(messages, 1)).toBe('b');
    expect(firstUnread(messages, 9)).toBe('a');
    expect(firstUnread(messages, 0)).toBeUndefined();
  });
});

describe('reading', () => {
  let visibility: 'visible' | 'hidden' = 'visible';
  beforeEach(() => {
    visibility = 'visible';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
  });
  const unread = (more: Parameters<typeof conversation>[2] = {}) => ({
    prepare: (server: { conversations: unknown[] }) =>
      void server.conversations.splice(0, 1, conversation('cnv_1', 1, { ...mine, unreadCount: 1, ...more })),
  });

  test('marks the newest message once it is in sight', async () => {
    const stage = await openStage(unread());
    await waitFor(() => expect(askedFor(stage, read)).toEqual([{ messageId: 'msg_1' }]));
    expect(screen.getByText('New')).toBeDefined();
  });

  test('waits until the tab is in front', async () => {
    visibility = 'hidden';
    const stage = await openStage(unread());
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(askedFor(stage, read)).toEqual([]);
    visibility = 'visible';
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    await waitFor(() => expect(askedFor(stage, read)).toHaveLength(1));
  });

  test('leaves a colleague’s conversation unread', async () => {
    const stage = await openStage(unread({ assigneeId: 'usr_2' }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(askedFor(stage, read)).toEqual([]);
  });
});

describe('further up', () => {
  /** jsdom knows no sizes: the reader is so far from the end. */
  function scroll(fromEnd: number): void {
    const log = screen.getByRole('log');
    Object.defineProperty(log, 'scrollHeight', { configurable: true, value: 5_000 });
    log.scrollTop = 5_000 - 800 - fromEnd;
    fireEvent.scroll(log);
  }

  test('counts what comes in, and leads there', async () => {
    const stage = await openStage();
    scroll(2_000);
    expect(screen.getByRole('button', { name: 'Go to the newest message' })).toBeDefined();
    await arrives(stage, message('msg_2', 'cnv_1', inbound('Two')), message('msg_3', 'cnv_1', inbound('Three')));
    expect(await screen.findByRole('button', { name: '2 new messages' })).toBeDefined();
    expect(askedFor(stage, read)).toEqual([]);
    scroll(0);
    expect(screen.queryByRole('button', { name: /new message/ })).toBeNull();
    await waitFor(() => expect(askedFor(stage, read)).toHaveLength(1));
  });

  test('older messages that cannot be loaded are asked for again', async () => {
    const stage = await openStage({ opened: { before: 'older' } });
    stage.answer = ({ name }) =>
      name === 'GET /api/conversations/cnv_1' ? problem(503, 'overloaded', 'Too much at once') : undefined;
    scroll(4_200);
    expect(await screen.findByText('The messages before these could not be loaded.')).toBeDefined();
    stage.answer = () => undefined;
    await stage.user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});

describe('opening', () => {
  test('one that does not exist says so', async () => {
    const stage = await openStage({ id: 'cnv_9' });
    expect(await screen.findByText('You cannot see this conversation')).toBeDefined();
    await stage.user.click(screen.getByRole('button', { name: 'Back to the list', hidden: true, description: '' }));
    expect(stage.opened).toEqual(['list']);
  });

  test('fails with a way to try again', async () => {
    const stage = await openStage({
      prepare: (server) =>
        void server.instead.set('GET /api/conversations/cnv_1', () => problem(500, 'internal_error', 'Oh no')),
    });
    expect(await screen.findByText('The conversation could not be loaded')).toBeDefined();
    // It waits for the reader, or for the connection to come back: it does not ask again and again.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(askedFor(stage, 'GET /api/conversations/cnv_1')).toHaveLength(1);
    stage.server.instead.clear();
    await stage.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Good morning')).toBeDefined();
  });
});

test('what could not be loaded is loaded when the connection is back', async () => {
  const stage = await openStage({
    prepare: (server) =>
      void server.instead.set('GET /api/conversations/cnv_1', () => problem(500, 'internal_error', 'Oh no')),
  });
  await screen.findByText('The conversation could not be loaded');
  stage.connect('offline');
  stage.server.instead.clear();
  stage.connect('live');
  expect(await screen.findByText('Good morning')).toBeDefined();
});

test('arrivals are told to those who listen, many of them as a number', async () => {
  const stage = await openStage();
  await arrives(stage, message('msg_2', 'cnv_1', inbound('Hello again')));
  expect(await screen.findByText('Customer cnv_1: Hello again')).toBeDefined();
  await arrives(stage, ...['3', '4', '5', '6'].map((id) => message(`msg_${id}`, 'cnv_1', inbound(id))));
  expect(await screen.findByText('4 new messages from Customer cnv_1.')).toBeDefined();
});

test('the arrow keys go through the messages, and Enter answers one', async () => {
  const stage = await openStage({
    prepare: (server) => void server.messages.push(message('msg_2', 'cnv_1', inbound('Two'))),
  });
  act(() => screen.getByRole('log').focus());
  await stage.user.keyboard('{ArrowUp}');
  const [first, second] = screen.getAllByRole('article');
  await waitFor(() => expect(document.activeElement).toBe(second));
  await stage.user.keyboard('{ArrowUp}');
  await waitFor(() => expect(document.activeElement).toBe(first));
  await stage.user.keyboard('{Enter}');
  expect(await screen.findByText('Reply to')).toBeDefined();
});
