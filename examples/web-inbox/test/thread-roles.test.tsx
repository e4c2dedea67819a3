// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { findCommand } from '../src/inbox-kit/commands.js';
import { problem } from './shell-server.js';
import { askedFor, closeStage, openStage, type Stage } from './thread-stage.js';

afterEach(closeStage);

/** The signed-in user may also do this. */
function allow(...permissions: string[]): Parameters<typeof openStage>[0] {
  return {
    prepare(server) {
      const more = Object.fromEntries(permissions.map((permission) => [permission, 'all']));
      server.me = { ...server.me, permissions: { ...server.me.permissions, ...more } };
    },
  };
}

const noteField = () => screen.getByRole('textbox', { name: 'Internal note' });
const notesPath = 'POST /api/conversations/cnv_1/notes';

async function writeNote(stage: Stage, text: string): Promise<void> {
  await stage.user.click(screen.getByRole('button', { name: 'Note' }));
  await stage.user.type(noteField(), text);
  await stage.user.click(screen.getByRole('button', { name: 'Add note' }));
}

test('who may not write notes, tag or follow up is offered none of it, and told why by the key', async () => {
  await openStage();
  for (const name of ['Note', 'Tag', 'Remind me']) expect(screen.queryByRole('button', { name })).toBeNull();
  for (const id of ['conversation.note', 'conversation.tag', 'conversation.remind'])
    expect(findCommand(id)?.disabled).toMatch(/Your role does not/);
});

test('a note is never sent, and what was typed as an answer stays an answer', async () => {
  const stage = await openStage(allow('conversations:note'));
  await stage.user.type(screen.getByRole('textbox', { name: /Message to/ }), 'Half an answer');
  await writeNote(stage, 'Between us');
  await waitFor(() => expect(askedFor(stage, notesPath)).toEqual([{ text: 'Between us', mentions: [] }]));
  expect(askedFor(stage, 'POST /api/messages/send')).toEqual([]);
  await stage.user.click(screen.getByRole('button', { name: 'Answer' }));
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Message to/ }).value).toBe('Half an answer');
});

test('a note that was refused stays where it was typed, and is the same one when it is added again', async () => {
  const stage = await openStage(allow('conversations:note'));
  const keys: (string | null)[] = [];
  const inner = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    if (input instanceof Request && input.url.endsWith('/notes') && input.method === 'POST')
      keys.push(input.headers.get('idempotency-key'));
    return inner(input, init);
  };
  stage.answer = ({ name }) => (name === notesPath ? problem(503, 'database_unavailable', 'No database') : undefined);
  await writeNote(stage, 'Between us');
  await screen.findByText(/The note was not added/);
  expect(noteField()).toHaveProperty('value', 'Between us');
  await stage.user.click(screen.getByRole('button', { name: 'Add note' }));
  await waitFor(() => expect(keys).toHaveLength(2));
  expect(keys[0]).toBe(keys[1]);
});

test('somebody who would not see the note is named, and the note can be added without telling them', async () => {
  const stage = await openStage(allow('conversations:note'));
  stage.answer = ({ name, body }) =>
    name === notesPath && JSON.stringify(body).includes('usr_3')
      ? problem(422, 'mention_out_of_sight', 'They cannot see it', { userIds: ['usr_3'] })
      : undefined;
  await writeNote(stage, 'For @Ada Obi and @Bela Varga');
  await screen.findByText(/Ada Obi cannot see this conversation/);
  await stage.user.click(screen.getByRole('button', { name: 'Add without telling them' }));
  await waitFor(() => expect(askedFor(stage, notesPath).at(-1)).toMatchObject({ mentions: ['usr_2'] }));
});

test('feedback is offered to those who may write it alone', async () => {
  const stage = await openStage(allow('conversations:note'));
  await stage.user.click(screen.getByRole('button', { name: 'Note' }));
  expect(screen.queryByRole('button', { name: 'Make it feedback' })).toBeNull();
  const leading = await openStage(allow('conversations:note', 'feedback:write'));
  await leading.user.click(screen.getByRole('button', { name: 'Note' }));
  expect(screen.getByRole('button', { name: 'Make it feedback' })).toBeDefined();
});
