import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { EventType } from '../../pipeline/event-log/event.js';
import { type ConversationRecord, demandNotErased, lockConversation, scalarsOf } from '../conversations/index.js';
import { demand, demandOn, type Permission, sight } from '../roles/index.js';
import { findUser } from '../users/index.js';
import { present } from './present.js';
import {
  countPinned,
  deleteNote,
  insertNote,
  lockNote,
  type NotePlace,
  type NoteRecord,
  saveNote,
} from './repository.js';
import type { NewContactNote, NewNote, Note, NotePatch } from './schema.js';
import { aboutConversation, audienceOf, demandMentionsInSight, type Subject, subjectInSight } from './sight.js';

/** The most notes that may be pinned in one place. */
export const mostPinned = 20;

/** Writes a note about a conversation. It is nothing that the customer sees, and no activity of the conversation. */
export const createNote = action('notes.create', async (ctx, { id, ...input }: NewNote & { id: string }) => {
  const conversation = await lockConversation(ctx, id);
  const feedback = input.kind === 'feedback';
  demandOn(ctx.actor, feedback ? 'feedback:write' : 'conversations:note', conversation);
  if (sight(ctx.actor, conversation) !== 'whole') fail('forbidden', 'It can be written about once it is taken');
  demandNotErased(conversation);
  if (feedback !== (input.aboutUserId !== undefined)) {
    const message = feedback ? 'is missing: whose work the feedback is about' : 'is for feedback only';
    fail('validation_failed', undefined, { errors: [{ path: '/body/aboutUserId', message }] });
  }
  const { aboutUserId } = input;
  if (aboutUserId && !(await findUser(ctx, aboutUserId))) fail('not_found', `There is no user ${aboutUserId}`);
  return write(ctx, aboutConversation(conversation), { conversationId: id }, input);
});

/** A note inside another action's transaction; the caller holds the conversation and has decided that it may. */
export async function addNote(ctx: Context, conversation: ConversationRecord, text: string): Promise<void> {
  await write(ctx, aboutConversation(conversation), { conversationId: conversation.id }, { text });
}

/** Writes a note about a contact, for those who see the contact. */
export const createContactNote = action(
  'notes.createOfContact',
  async (ctx, { id, ...input }: NewContactNote & { id: string }) => {
    demand(ctx.actor, 'conversations:note');
    const subject = await subjectInSight(ctx, { contactId: id });
    demandAllowed(ctx, subject, 'conversations:note');
    return write(ctx, subject, { contactId: id }, input);
  },
);

/** The author changes what it says; whoever may write there pins it. */
export const updateNote = action('notes.update', async (ctx, { id, ...patch }: NotePatch & { id: string }) => {
  const { note: before, subject } = await lockInSight(ctx, id);
  const own = before.authorId === ctx.actor.id;
  if (!own && (patch.text !== undefined || patch.mentions)) fail('forbidden', 'Only its author changes what it says');
  if (!own && before.kind === 'feedback') fail('forbidden', 'Only its author changes feedback');
  if (!own) demandAllowed(ctx, subject, 'conversations:note');
  const now = ctx.installation.clock.now();
  const pinnedAt = patch.pinned === undefined ? before.pinnedAt : patch.pinned ? (before.pinnedAt ?? now) : null;
  const said = patch.text !== undefined && patch.text !== before.text;
  const { text = before.text, mentions = before.mentions } = patch;
  const mentioned = mentions.filter((one) => !before.mentions.includes(one));
  const changed = said || mentioned.length > 0 || mentions.length !== before.mentions.length;
  if (!changed && pinnedAt === before.pinnedAt) return present(before);
  if (pinnedAt !== null && before.pinnedAt === null) await demandRoomToPin(ctx, placeOf(before));
  const audience = await audienceFor(ctx, before);
  await demandMentionsInSight(ctx, subject, mentioned, audience);
  const editedAt = said ? now : before.editedAt;
  const after = { ...before, text, mentions, pinnedAt, editedAt, version: before.version + 1 };
  await saveNote(ctx, after);
  tell(ctx, 'note.updated', after, subject, audience);
  return present(after);
});

/** The author removes it, or whoever leads where it stands; nobody removes what is said about them. */
export const removeNote = action('notes.remove', async (ctx, { id }: { id: string }) => {
  const { note, subject } = await lockInSight(ctx, id);
  const { actor } = ctx;
  const leading = subject.allows(actor, 'feedback:write') && note.aboutUserId !== actor.id;
  if (note.authorId !== actor.id && !leading) fail('forbidden', 'Its author removes it, or who leads there');
  await deleteNote(ctx, id);
  tell(ctx, 'note.deleted', { ...note, version: note.version + 1 }, subject, await audienceFor(ctx, note));
});

async function write(
  ctx: Context,
  subject: Subject,
  place: NotePlace,
  { text, mentions = [], pinned = false, kind = 'note', aboutUserId }: NewNote,
): Promise<Note> {
  if (pinned) await demandRoomToPin(ctx, place);
  const now = ctx.installation.clock.now();
  const note: NoteRecord = {
    id: newId('note', now),
    conversationId: 'conversationId' in place ? place.conversationId : null,
    contactId: 'contactId' in place ? place.contactId : null,
    kind,
    authorId: ctx.actor.id,
    aboutUserId: aboutUserId ?? null,
    text,
    mentions,
    pinnedAt: pinned ? now : null,
    editedAt: null,
    version: 1,
    createdAt: now,
  };
  const audience = await audienceFor(ctx, note);
  await demandMentionsInSight(ctx, subject, mentions, audience);
  await insertNote(ctx, note);
  tell(ctx, 'note.created', note, subject, audience);
  return present(note);
}

/** The note and what it is about, which the actor must still see; but feedback reaches whom it is for in any case. */
async function lockInSight(ctx: Context, id: string): Promise<{ note: NoteRecord; subject: Subject }> {
  const note = (await lockNote(ctx, id)) ?? fail('not_found', `There is no note ${id}`);
  if (note.kind === 'feedback' && note.conversationId) {
    return { note, subject: aboutConversation(await lockConversation(ctx, note.conversationId)) };
  }
  return { note, subject: await subjectInSight(ctx, placeOf(note)) };
}

async function audienceFor(ctx: Context, note: NoteRecord): Promise<string[] | undefined> {
  return note.aboutUserId === null ? undefined : audienceOf(ctx, note.aboutUserId, note.authorId);
}

/** Where somebody sees the conversation they are told of the note; of feedback only those for whom it is. */
function tell(ctx: Context, type: EventType, note: NoteRecord, { conversation }: Subject, only?: string[]): void {
  ctx.append({
    type,
    entityId: note.id,
    entityVersion: note.version,
    ...(conversation ? { conversationId: conversation.id, conversationVersion: conversation.version } : {}),
    ...(only ? { only } : conversation ? { after: scalarsOf(conversation) } : {}),
    changes: {
      kind: note.kind,
      pinned: note.pinnedAt !== null,
      mentions: note.mentions,
      ...(note.contactId ? { contactId: note.contactId } : {}),
      ...(note.aboutUserId ? { aboutUserId: note.aboutUserId } : {}),
    },
  });
}

function demandAllowed({ actor }: Context, subject: Subject, permission: Permission): void {
  if (!subject.allows(actor, permission)) fail('forbidden', `It needs the permission ${permission} there`);
}

async function demandRoomToPin(ctx: Context, place: NotePlace): Promise<void> {
  if ((await countPinned(ctx, place)) >= mostPinned) fail('limit_reached', `At most ${mostPinned} notes are pinned`);
}

function placeOf({ conversationId, contactId }: NoteRecord): NotePlace {
  return conversationId === null ? { contactId: contactId ?? '' } : { conversationId };
}
