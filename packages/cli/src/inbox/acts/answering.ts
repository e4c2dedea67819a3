import type { Conversation, OpenConversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import type { Keymap } from '../keys/keymap.js';
import { may, type People, type Permission, userName } from '../state/people.js';
import type { Writing } from '../state/state.js';
import { capital } from '../tell.js';
import { cleanLine } from '../text/clean.js';

/** Why no answer can be given now, and what to do instead; undefined where one can. */
export function demandReply(people: People, page: OpenConversation | undefined, keymap: Keymap): string | undefined {
  if (!page) return 'The conversation is not loaded yet.';
  const { conversation, preview, canSend } = page;
  const { lifecycle, assigneeId, status } = conversation;
  if (lifecycle === 'closed') return `It is closed. ${keymap.keyOf('reopen')} opens it again.`;
  if (preview) return `Take it first, with ${keymap.keyOf('take')}: until then you see the last messages only.`;
  if (!may(people, 'conversations:reply', conversation)) {
    if (status === 'queued') return `Take it first, with ${keymap.keyOf('take')}.`;
    return `${capital(userName(people, assigneeId) || 'Nobody')} has it; your role answers only what is yours.`;
  }
  if (!canSend.allowed.includes('text')) return cleanLine(canSend.reason ?? 'The channel takes no text now.');
  return undefined;
}

/** The same for a note: it asks nothing of the channel. */
export function demandNote(people: People, page: OpenConversation | undefined, keymap: Keymap): string | undefined {
  if (!page) return 'The conversation is not loaded yet.';
  if (page.preview) return `Take it first, with ${keymap.keyOf('take')}: until then you see the last messages only.`;
  return refusalOf(people, 'conversations:note', page.conversation, 'write notes on it');
}

/** The same for whatever is to be written. */
export function demandWriting(
  people: People,
  page: OpenConversation | undefined,
  keymap: Keymap,
  { as, about }: Pick<Writing, 'as' | 'about'>,
): string | undefined {
  if (as === 'answer') return demandReply(people, page, keymap);
  if (about?.kind !== 'feedback' || !page || page.preview) return demandNote(people, page, keymap);
  return refusalOf(people, 'feedback:write', page.conversation, 'write feedback on it');
}

/** Says why where the role does not allow it. */
export function allowed(controls: Controls, permission: Permission, conversation: Conversation, what: string): boolean {
  const refusal = refusalOf(controls.data.people, permission, conversation, what);
  if (refusal) controls.say(refusal, 'bad');
  return refusal === undefined;
}

function refusalOf(people: People, permission: Permission, conversation: Conversation, what: string) {
  if (may(people, permission, conversation)) return undefined;
  const scope = people.me.permissions[permission];
  const role = people.me.role.replaceAll('_', ' ');
  return scope
    ? `As ${role} you may ${what} only where it is yours or your team's.`
    : `As ${role} you may not ${what}.`;
}
