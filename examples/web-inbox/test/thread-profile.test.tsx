// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ProfilePanel } from '../src/inbox-kit/contact/ProfilePanel.js';
import { person, phoneOf } from './person.js';
import { conversation, problem } from './shell-server.js';
import { closeStage, openStage } from './thread-stage.js';

afterEach(closeStage);

const contact = person({ identities: [phoneOf('60123456789', { username: 'dana.reyes' })] });

const opened: string[] = [];
const panel = (
  <ProfilePanel
    contactId="con_cnv_1"
    conversationId="cnv_1"
    onOpenConversation={(id) => opened.push(id)}
    onClose={() => opened.push('closed')}
  />
);
const path = 'GET /api/contacts/con_cnv_1';

test('shows who it is, where they are reached, and what else was said', async () => {
  const stage = await openStage({
    children: panel,
    prepare(server) {
      server.instead.set(path, () => ({ body: contact }));
      server.conversations.push(conversation('cnv_2', 5, { status: 'closed', lifecycle: 'closed' }));
    },
  });
  expect(await screen.findByText('Dana Reyes')).toBeDefined();
  expect(screen.getByText('+60123456789')).toBeDefined();
  expect(screen.getByText('@dana.reyes')).toBeDefined();
  expect(screen.getByText(/last seen/)).toBeDefined();
  await stage.user.click(await screen.findByRole('button', { name: /Hello from cnv_2.*Closed/ }));
  expect(opened).toEqual(['cnv_2']);
  await stage.user.click(screen.getByRole('button', { name: 'Copy phone' }));
  expect(await navigator.clipboard.readText()).toBe('+60123456789');
  expect(screen.getByRole('button', { name: 'Copied' })).toBeDefined();
});

test('says so when there is nothing else', async () => {
  await openStage({ children: panel, prepare: (server) => void server.instead.set(path, () => ({ body: contact })) });
  expect(await screen.findByText('This is the only one that you can see.')).toBeDefined();
});

test('a contact that is not to be seen yet is no failure', async () => {
  await openStage({ children: panel });
  expect(await screen.findByText('The contact is not shown yet')).toBeDefined();
});

test('what could not be loaded is tried again', async () => {
  const stage = await openStage({
    children: panel,
    prepare: (server) => void server.instead.set(path, () => problem(500, 'internal_error', 'Oh no')),
  });
  expect(await screen.findByText('The contact could not be loaded')).toBeDefined();
  stage.server.instead.set(path, () => ({ body: contact }));
  await stage.user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByText('Dana Reyes')).toBeDefined());
});
