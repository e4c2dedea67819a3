import type { Conversation, Me, Note } from '@tims/sdk';
import { mayOn } from '../may.js';

/** What the signed-in user can do with a note, as the server decides it. */
export interface NoteRights {
  readonly edit: boolean;
  readonly pin: boolean;
  readonly remove: boolean;
}

export function noteRights(me: Me, note: Note, conversation: Conversation): NoteRights {
  const own = note.authorId === me.id;
  return {
    edit: own,
    pin: own || (note.kind === 'note' && mayOn(me, 'conversations:note', conversation)),
    remove: own || (mayOn(me, 'feedback:write', conversation) && note.aboutUserId !== me.id),
  };
}

/** The same object for the same note, so that it is drawn anew only when something changed. */
const known = new WeakMap<Note, { conversation: Conversation; rights: NoteRights }>();
export function rightsOf(note: Note, me: Me, conversation: Conversation): NoteRights {
  const before = known.get(note);
  if (before && isSame(before.conversation, conversation)) return before.rights;
  const rights = noteRights(me, note, conversation);
  known.set(note, { conversation, rights });
  return rights;
}

const isSame = (a: Conversation, b: Conversation) => a.teamId === b.teamId && a.assigneeId === b.assigneeId;
