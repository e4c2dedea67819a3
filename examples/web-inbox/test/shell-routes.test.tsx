// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { filterOf } from '../src/app/places.js';
import { hrefOf, parseRoute, samePlace } from '../src/app/routes.js';
import { closePage, openPage } from './shell-page.js';
import { conversation } from './shell-server.js';

afterEach(closePage);

test.each([
  ['/inbox/mine', ''],
  ['/inbox/queue/cnv_1', ''],
  ['/inbox/closed', '?unread=1'],
  ['/inbox/all/cnv_1', '?channel=chn_1&assignee=usr_2'],
  ['/teams/cx', ''],
  ['/teams/a%2Fb/cnv_1', ''],
  ['/channels/chn_1/cnv_1', ''],
])('%s%s is read and written alike', (path, query) => {
  const route = parseRoute(path, query);
  expect(route && hrefOf(route)).toBe(path + query);
});

test.each(['/inbox/nonsense', '/teams', '/somewhere', '/inbox/mine/cnv_1/more'])('%s is no address of ours', (path) => {
  expect(parseRoute(path)).toBeUndefined();
});

test('a path that cannot be decoded is an address under which nothing stands', () => {
  expect(parseRoute('/teams/%E0%A4%A')?.place).toEqual({ kind: 'team', key: '%E0%A4%A' });
});

test('places ask for what their counts count', () => {
  const known = { meId: 'usr_1', teamId: (key: string) => (key === 'cx' ? 'tem_1' : undefined) };
  const filter = (path: string, query = '') => {
    const route = parseRoute(path, query);
    return route && filterOf(route.place, route.narrowing, known);
  };
  expect(filter('/inbox/mine')).toEqual({ assigneeId: 'usr_1', lifecycle: 'open' });
  expect(filter('/inbox/queue')).toEqual({ status: 'queued' });
  expect(filter('/inbox/pending')).toEqual({ lifecycle: 'pending' });
  expect(filter('/teams/cx')).toEqual({ teamId: 'tem_1', lifecycle: 'open' });
  expect(filter('/teams/unknown')).toBeUndefined();
  expect(filter('/channels/chn_1', '?unread=1')).toEqual({ channelId: 'chn_1', lifecycle: 'open', unread: true });
  expect(filter('/inbox/mine', '?assignee=usr_2')).toEqual({ assigneeId: 'usr_1', lifecycle: 'open' });
});

test('the same list is the same place, whatever is open in it', () => {
  const place = (path: string) => parseRoute(path)?.place ?? { kind: 'team', key: 'none' };
  expect(samePlace(place('/inbox/mine'), place('/inbox/mine/cnv_1'))).toBe(true);
  expect(samePlace(place('/inbox/mine'), place('/teams/mine'))).toBe(false);
});

test('a deep link opens its conversation, and the browser goes back and forward', async () => {
  const { user } = openPage('/inbox/queue/b', {
    prepare: (server) => server.conversations.push(conversation('a', 1), conversation('b', 2)),
  });
  await screen.findByRole('region', { name: 'Conversation with Customer b' });
  await user.click(screen.getByRole('option', { name: /Customer a/ }));
  await screen.findByRole('region', { name: 'Conversation with Customer a' });
  expect(location.pathname).toBe('/inbox/queue/a');
  history.back();
  await screen.findByRole('region', { name: 'Conversation with Customer b' });
  history.forward();
  await screen.findByRole('region', { name: 'Conversation with Customer a' });
  await user.keyboard('u');
  await screen.findByText('No conversation is open');
  expect(location.pathname).toBe('/inbox/queue');
});

test('closing what was opened from the list is a step back, so that back does not open it again', async () => {
  const { user } = openPage('/inbox/queue', { prepare: (server) => server.conversations.push(conversation('a', 1)) });
  await user.click(await screen.findByRole('option', { name: /Customer a/ }));
  await screen.findByRole('region', { name: 'Conversation with Customer a' });
  const depth = history.length;
  await user.keyboard('u');
  await waitFor(() => expect(location.pathname).toBe('/inbox/queue'));
  expect(history.length).toBe(depth);
});

test('an address of nothing, and a team of nobody, say so', async () => {
  openPage('/nowhere');
  await screen.findByText('There is nothing at this address');
  closePage();
  openPage('/teams/unknown');
  await screen.findByText('There is no such team');
});

test('one pane shows the conversation over the list, which stays as it is', async () => {
  const { user } = openPage('/inbox/queue', {
    width: 360,
    prepare: (server) => server.conversations.push(conversation('a', 1)),
  });
  const list = await screen.findByRole('region', { name: 'List: Queue' });
  await user.click(await screen.findByRole('option'));
  await screen.findByRole('region', { name: /Conversation with/ });
  expect(list).toHaveProperty('isConnected', true);
  expect(list.hasAttribute('inert')).toBe(true);
  expect(document.activeElement).toBe(screen.getByRole('main'));
});
