import type { Conversation, ConversationFilter } from '@tims/sdk';
import { cleanLine } from '../text/clean.js';
import { contactName, type People } from './people.js';

/** What the list is narrowed by: what the server filters, and words that are looked for in what is loaded. */
export interface Query {
  readonly filter: ConversationFilter;
  readonly words: readonly string[];
  /** What could not be understood. */
  readonly problem?: string;
}

const statuses = ['new', 'queued', 'assigned', 'pending', 'closed'] as const;

/** Reads `is:unread with:mei team:cx tag:payment status:queued Aisyah`: in any order, each at most once. */
export function readQuery(text: string, people: People): Query {
  let filter: ConversationFilter = {};
  const words: string[] = [];
  for (const word of text.trim().split(/\s+/).filter(Boolean)) {
    const [, name = '', value = ''] = /^(is|with|team|tag|kind|status):(.*)$/i.exec(word) ?? [];
    if (name === '') words.push(word.toLowerCase());
    else if (value !== '') {
      const found = readToken(name.toLowerCase(), value.toLowerCase(), people);
      if (typeof found === 'string') return { filter: {}, words: [], problem: found };
      filter = { ...filter, ...found };
    }
  }
  return { filter, words };
}

function readToken(name: string, value: string, { me, colleagues, teams, tags }: People): ConversationFilter | string {
  if (name === 'is') {
    if (value === 'unread') return { unread: true };
    if (value === 'due') return { followUp: 'due' };
    return `is:${value} is not known; there is is:unread and is:due`;
  }
  if (name === 'kind') return { contactKind: value.slice(0, 32) };
  if (name === 'tag') {
    const tag =
      tags.find((one) => tagWord(one.name) === value) ?? tags.find((one) => tagWord(one.name).startsWith(value));
    return tag ? { tagId: tag.id } : `there is no tag "${value}"`;
  }
  if (name === 'status') {
    const status = statuses.find((one) => one.startsWith(value));
    return status ? { status } : `status:${value} is not known; there are ${statuses.join(', ')}`;
  }
  if (name === 'with') {
    const id = value === 'me' ? me.id : colleagues.find((one) => one.name.toLowerCase().includes(value))?.id;
    return id ? { assigneeId: id } : `nobody is called "${value}"`;
  }
  const team = teams.find((one) => one.key === value) ?? teams.find((one) => one.name.toLowerCase().includes(value));
  return team ? { teamId: team.id } : `there is no team "${value}"`;
}

/** A tag as it is written in the filter: in one word. */
export function tagWord(name: string): string {
  return cleanLine(name).toLowerCase().replaceAll(' ', '-');
}

/** Whether all words stand in the contact's name, the last message, or the channel's name. */
export function hasWords(conversation: Conversation, words: readonly string[]): boolean {
  return words.length === 0 || words.every((word) => haystack(conversation).includes(word));
}

const haystacks = new WeakMap<Conversation, string>();

function haystack(conversation: Conversation): string {
  const known = haystacks.get(conversation);
  if (known !== undefined) return known;
  const { lastMessage, channel } = conversation;
  const text = `${contactName(conversation)}\n${lastMessage?.preview ?? ''}\n${channel.name}`.toLowerCase();
  haystacks.set(conversation, text);
  return text;
}
