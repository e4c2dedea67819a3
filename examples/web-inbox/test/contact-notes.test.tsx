// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import type { Note, RealtimeItem } from '@tims/sdk';
import { afterEach, expect, test } from 'vitest';
import { findCommand } from '../src/inbox-kit/commands.js';
import { ProfilePanel } from '../src/inbox-kit/contact/ProfilePanel.js';
import { person } from './person.js';
import { clock, problem, type ShellServer, someone } from './shell-server.js';
import { askedFor, closeStage, openStage, type Stage } from './thread-stage.js';

afterEach(closeStage);

const path = '/api/contacts/con_cnv_1/notes';
const add = `POST ${path}`;
let notes: Note[];

test('the pinned notes come first, then the newest, each with who wrote it', async () => {
  await openPanel([note(1, { pinnedAt: clock(9) }), note(2), note(3)]);
  expect(texts()).toEqual(['Note 1', 'Note 3', 'Note 2']);
  expect(within(items()[0] ?? document.body).getByText('Bela Varga')).toBeDefined();
});

test('a note is written with a mention, shows at once, and the way back is where it began', async () => {
  const stage = await openPanel([]);
  await screen.findByText('Nothing is noted about them yet.');
  await stage.user.click(screen.getByRole('button', { name: 'Add a note' }));
  await waitFor(() => expect(document.activeElement).toBe(field()));
  await stage.user.keyboard('Ask @Ada{Enter}');
  // The caret goes behind the name with the next frame.
  await act(async () => new Promise((resolve) => setTimeout(resolve, 50)));
  await stage.user.keyboard('first{Enter}');
  await waitFor(() => expect(texts()).toEqual(['Ask @Ada Obi first']));
  expect(askedFor(stage, add)).toEqual([{ text: 'Ask @Ada Obi first', mentions: ['usr_3'] }]);
  expect(screen.queryByRole('textbox', { name: 'Internal note' })).toBeNull();
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Add a note'));
});

test('what was refused stays where it was typed, also over a reload, and is the same note the second time', async () => {
  const stage = await openPanel([]);
  const keys: (string | null)[] = [];
  const inner = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    if (input instanceof Request && `${input.method} ${new URL(input.url).pathname}` === add)
      keys.push(input.headers.get('idempotency-key'));
    return inner(input, init);
  };
  const usual = stage.answer;
  stage.answer = ({ name }) => (name === add ? problem(503, 'database_unavailable', 'No database') : undefined);
  act(() => findCommand('contact.note')?.run());
  await stage.user.type(field(), 'Prefers mornings{Enter}');
  await screen.findByText(/The note was not added/);
  expect(field().value).toBe('Prefers mornings');
  stage.answer = usual;
  await stage.user.click(screen.getByRole('button', { name: 'Add note' }));
  await waitFor(() => expect(texts()).toEqual(['Prefers mornings']));
  expect(new Set(keys).size).toBe(1);

  act(() => findCommand('contact.note')?.run());
  await stage.user.type(field(), 'Begun');
  await openPanel([], {}, true);
  expect(field().value).toBe('Begun');
});

test('own notes are changed; what could not be saved stays with the reason, and can be saved without telling', async () => {
  const stage = await openPanel([note(1, { authorId: 'usr_1' })]);
  const change = 'PATCH /api/notes/not_1';
  const usual = stage.answer;
  stage.answer = (asked) =>
    asked.name === change && JSON.stringify(asked.body).includes('usr_3')
      ? problem(422, 'mention_out_of_sight', 'They cannot see it', { userIds: ['usr_3'] })
      : usual(asked);
  await stage.user.click(screen.getByRole('button', { name: 'Edit the note' }));
  const text = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'What the note says' });
  await stage.user.clear(text);
  await stage.user.type(text, 'For @Ada Obi');
  await stage.user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Ada Obi cannot see this contact, and would not be told.',
  );
  expect(text.value).toBe('For @Ada Obi');
  await stage.user.click(screen.getByRole('button', { name: 'Save without telling them' }));
  await waitFor(() => expect(texts()).toEqual(['For @Ada Obi']));
  expect(askedFor(stage, change).at(-1)).toEqual({ text: 'For @Ada Obi', mentions: [] });
});

test('a note is pinned, and an own one deleted once it was asked', async () => {
  const stage = await openPanel([note(1), note(2, { authorId: 'usr_1' })]);
  const theirs = () => within(items().find((one) => one.textContent?.includes('Note 1')) ?? document.body);
  await stage.user.click(theirs().getByRole('button', { name: 'Pin the note' }));
  await waitFor(() => expect(texts()).toEqual(['Note 1', 'Note 2']));
  expect(theirs().queryByRole('button', { name: /Edit|Delete/ })).toBeNull();
  await stage.user.click(screen.getByRole('button', { name: 'Delete the note' }));
  await stage.user.click(screen.getByRole('button', { name: 'Keep it' }));
  await stage.user.click(screen.getByRole('button', { name: 'Delete the note' }));
  await stage.user.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(texts()).toEqual(['Note 1']));
});

test('what a colleague notes, changes and takes away appears, and is told to those who listen', async () => {
  const stage = await openPanel([note(1)]);
  notes.push(note(2));
  await act(async () => stage.server.tell(told('note.created', 2)));
  await waitFor(() => expect(texts()).toEqual(['Note 2', 'Note 1']));
  expect(screen.getByText('A note about the contact was added: Note 2')).toBeDefined();
  notes = [note(2, { text: 'Changed' })];
  await act(async () => stage.server.tell(told('note.updated', 2), told('note.deleted', 1)));
  await waitFor(() => expect(texts()).toEqual(['Changed']));
  const asked = () => stage.asked.filter(({ name }) => name === `GET ${path}`).length;
  const before = asked();
  await act(async () => stage.server.tell(told('note.created', 3, 'con_other')));
  expect(asked()).toBe(before);
});

test('who may not write notes reads them, and is offered nothing else', async () => {
  await openPanel([note(1)], { 'conversations:note': undefined });
  expect(texts()).toEqual(['Note 1']);
  expect(within(section()).queryByRole('button')).toBeNull();
  expect(findCommand('contact.note')).toBeUndefined();
});

test('notes that could not be loaded are asked for again', async () => {
  const stage = await openPanel(undefined);
  const usual = stage.answer;
  await screen.findByText('The notes could not be loaded.');
  notes = [note(1)];
  stage.answer = usual;
  await stage.user.click(within(section()).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(texts()).toEqual(['Note 1']));
});

const section = () => screen.getByRole('region', { name: 'Notes about the contact' });
const items = () => within(section()).queryAllByRole('listitem');
const texts = () => items().map((one) => one.querySelector('p')?.textContent);
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Internal note' });

/** The panel with these notes; undefined where the server has trouble with them. */
async function openPanel(
  first: Note[] | undefined,
  rights: ShellServer['me']['permissions'] = {},
  keep = false,
): Promise<Stage> {
  notes = first ?? [];
  let broken = first === undefined;
  const stage = await openStage({
    keep,
    children: (
      <ProfilePanel contactId="con_cnv_1" conversationId="cnv_1" onOpenConversation={() => {}} onClose={() => {}} />
    ),
    prepare(server) {
      server.me = someone({ role: 'agent' });
      server.me.permissions = { ...server.me.permissions, 'conversations:note': 'all', ...rights };
      if (rights['conversations:note'] === undefined && 'conversations:note' in rights)
        delete server.me.permissions['conversations:note'];
      server.instead.set('GET /api/contacts/con_cnv_1', () => ({ body: contact }));
      server.instead.set(`GET ${path}`, () => {
        if (!broken) return { body: { data: listed(), nextCursor: null, asOf: 'a' } };
        broken = false;
        return problem(500, 'internal_error', 'Oh no');
      });
    },
  });
  stage.answer = ({ name, body }) => {
    const id = name.split('/').at(-1) ?? '';
    if (name === add) {
      const made = note(notes.length + 10, { ...body, authorId: 'usr_1' });
      notes.push(made);
      return { status: 201, body: made };
    }
    if (name.startsWith('PATCH /api/notes/')) {
      const { pinned, ...said } = body;
      notes = notes.map((one) =>
        one.id === id
          ? { ...one, ...said, ...(pinned === undefined ? {} : { pinnedAt: pinned ? clock(50) : null }) }
          : one,
      );
      return { body: notes.find((one) => one.id === id) };
    }
    if (!name.startsWith('DELETE /api/notes/')) return undefined;
    notes = notes.filter((one) => one.id !== id);
    return { body: null };
  };
  await act(async () => void (await stage.inbox.store.open('cnv_1')));
  await screen.findByText('Dana Reyes');
  if (first) await waitFor(() => expect(items().length).toBe(first.length));
  return stage;
}

function listed(): Note[] {
  return notes.toSorted(
    (a, b) => Number(b.pinnedAt !== null) - Number(a.pinnedAt !== null) || (a.createdAt < b.createdAt ? 1 : -1),
  );
}

function note(at: number, more: Partial<Note> = {}): Note {
  return {
    id: `not_${at}`,
    conversationId: null,
    contactId: 'con_cnv_1',
    kind: 'note',
    authorId: 'usr_2',
    aboutUserId: null,
    text: `Note ${at}`,
    mentions: [],
    pinnedAt: null,
    editedAt: null,
    createdAt: clock(at),
    version: 1,
    ...more,
  };
}

function told(
  type: 'note.created' | 'note.updated' | 'note.deleted',
  at: number,
  contactId = 'con_cnv_1',
): RealtimeItem {
  return {
    type: 'event',
    event: {
      id: `evt_${type}_${at}_${contactId}`,
      type,
      entityId: `not_${at}`,
      entityVersion: 1,
      changes: { kind: 'note', contactId },
      actor: { type: 'user', id: 'usr_2' },
      at: clock(at),
      cursor: `c${at}`,
    },
  };
}

const contact = person();
