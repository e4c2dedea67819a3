import type { Conversation, OpenConversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import type { Keymap } from '../keys/keymap.js';
import { may, type People, userName } from '../state/people.js';
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

type Permission = Parameters<typeof may>[1];

/** Says why where the role does not allow it. */
export function allowed(controls: Controls, permission: Permission, conversation: Conversation, what: string): boolean {
  const { people } = controls.data;
  if (may(people, permission, conversation)) return true;
  const scope = people.me.permissions[permission];
  const role = people.me.role.replaceAll('_', ' ');
  controls.say(
    scope ? `As ${role} you may ${what} only where it is yours or your team's.` : `As ${role} you may not ${what}.`,
    'bad',
  );
  return false;
}
