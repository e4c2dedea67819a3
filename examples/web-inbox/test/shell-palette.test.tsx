// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { closePage, openPage } from './shell-page.js';
import { conversation, noCounts, someone } from './shell-server.js';

afterEach(closePage);

const mod = '{Control>}k{/Control}';

function open(path = '/inbox/queue') {
  return openPage(path, {
    prepare(server) {
      server.conversations.push(conversation('a', 2), conversation('b', 1));
      server.counts = {
        ...noCounts(),
        channels: [{ id: 'chn_1', kind: 'whatsapp', name: 'Shared number', total: 2, unread: 0 }],
      };
    },
  });
}

test('has the commands, groups, teams, channels, colleagues and conversations', async () => {
  const { user } = open('/inbox/queue/a');
  await screen.findByRole('region', { name: 'Conversation with Customer a' });
  await user.keyboard(mod);
  const palette = await screen.findByRole('dialog', { name: 'Find anything' });
  const has = (name: RegExp) => within(palette).getByRole('option', { name });
  await waitFor(() => has(/^Take/));
  for (const name of [/Reply/, /Go to Closed/, /Keyboard shortcuts/, /Sign out/, /Customer Experience/]) has(name);
  has(/Shared number/);
  await waitFor(() => has(/What Bela Varga has open/));
  has(/Customer b/);
});

test('finds by a few letters and does it, also out of a field', async () => {
  const { user } = open();
  await screen.findByRole('option', { name: /Customer a/ });
  await user.click(screen.getByRole('searchbox'));
  await user.keyboard(mod);
  await user.type(await screen.findByRole('combobox'), 'pending{Enter}');
  await waitFor(() => expect(location.pathname).toBe('/inbox/pending'));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('opens a conversation where the reader is', async () => {
  const { user } = open();
  await screen.findByRole('option', { name: /Customer b/ });
  await user.keyboard(mod);
  await user.type(await screen.findByRole('combobox'), 'customer b{Enter}');
  await waitFor(() => expect(location.pathname).toBe('/inbox/queue/b'));
});

test('leads to what a colleague has open, unless the reader may not see that', async () => {
  const { user, server } = open();
  await screen.findByRole('option', { name: /Customer b/ });
  await waitFor(() => expect(server.asked.some((asked) => asked.includes('/api/directory'))).toBe(true));
  await user.keyboard(mod);
  await user.type(await screen.findByRole('combobox'), 'bela{Enter}');
  await waitFor(() => expect(location.pathname + location.search).toBe('/inbox/all?assignee=usr_2'));
  closePage();

  const agent = openPage('/inbox/queue', {
    prepare(server) {
      server.me = someone({ role: 'agent', permissions: { 'conversations:read': 'assigned' } });
    },
  });
  await screen.findByText('The queue is empty');
  await agent.user.keyboard(mod);
  await agent.user.type(await screen.findByRole('combobox'), 'bela');
  const palette = await screen.findByRole('dialog', { name: 'Find anything' });
  await within(palette).findByText(/Search everywhere for “bela”/);
  expect(within(palette).getAllByRole('option')).toHaveLength(1);
  await agent.user.keyboard('{Enter}');
  await waitFor(() => expect(location.pathname + location.search).toBe('/search?q=bela'));
});
