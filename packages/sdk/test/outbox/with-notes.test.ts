import { expect, it } from 'vitest';
import { type Note, timeline, withNotes } from '../../src/index.js';
import { message, second } from '../inbox.js';
import { me } from './scene.js';

const note = (at: number): Note => ({
  id: `not_${at}`,
  conversationId: 'cnv_1',
  contactId: null,
  kind: 'note',
  authorId: 'usr_1',
  aboutUserId: null,
  text: 'Asked for an invoice',
  mentions: [],
  pinnedAt: null,
  editedAt: null,
  createdAt: second(at),
  version: 1,
});
const messages = [message('msg_10', 'cnv_1', 10), message('msg_20', 'cnv_1', 20)];
const idsWith = (notes: Note[], hasOlder = false) =>
  withNotes(timeline(messages, [], 'cnv_1', me), notes, hasOlder).map(({ id }) => id);

it('puts each note where it was written', () => {
  expect(idsWith([note(5), note(15), note(25)])).toEqual(['not_5', 'msg_10', 'not_15', 'msg_20', 'not_25']);
});

it('keeps what is on its way behind everything', () => {
  const outgoing = { key: 'k', conversationId: 'cnv_1', text: 'Hi', createdAt: second(1), state: 'queued' } as const;
  const items = withNotes(timeline(messages, [outgoing], 'cnv_1', me), [note(30)], false);
  expect(items.map(({ id }) => id)).toEqual(['msg_10', 'msg_20', 'not_30', 'k']);
});

it('lets notes wait that are older than what is loaded', () => {
  expect(idsWith([note(5), note(15)], true)).toEqual(['msg_10', 'not_15', 'msg_20']);
});

it('shows notes also where nothing has been said', () => {
  expect(withNotes([], [note(5)], false)).toHaveLength(1);
});
