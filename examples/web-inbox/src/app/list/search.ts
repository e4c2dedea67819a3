import type { Conversation } from '@tims/sdk';
import { lastLine } from '../../inbox-kit/last-line.js';
import { contactName } from '../../inbox-kit/thread/names.js';

/** Those in which every word that is looked for stands in the name or in the last line. */
export function matching(conversations: readonly Conversation[], text: string): readonly Conversation[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return conversations;
  return conversations.filter((conversation) => {
    const said = plain(`${contactName(conversation.contact)} ${lastLine(conversation)}`);
    return words.every((word) => said.includes(word));
  });
}

/** Without capitals and accents: "jose" finds "José". */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
