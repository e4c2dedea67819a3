import { isTimsError } from '@tims/sdk';
import { errorText } from '../../error-text.js';

/** What a note is about, as a sentence names it. */
export type NoteSubject = 'conversation' | 'contact';

/** Why a note could not be written or changed. */
export interface NoteProblem {
  readonly text: string;
  /** Those who are mentioned and would not see it: without them it can be done. */
  readonly unseen: readonly string[];
}

/** @param failed what did not happen: "The note was not added" */
export function noteProblem(
  error: unknown,
  failed: string,
  subject: NoteSubject,
  nameOf: (id: string) => string,
): NoteProblem {
  if (isTimsError(error, 'mention_out_of_sight') && 'members' in error) {
    const ids: unknown = error.members.userIds;
    const unseen = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
    return { text: `${unseen.map(nameOf).join(', ')} cannot see this ${subject}, and would not be told.`, unseen };
  }
  const { title, help } = errorText(error);
  return { text: `${failed}. ${title.replace(/\.$/, '')}. ${help}`, unseen: [] };
}
