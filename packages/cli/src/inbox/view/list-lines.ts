import type { Conversation } from '@tims/sdk';
import { contactName, holder, type People, teamName } from '../state/people.js';
import { cleanLine } from '../text/clean.js';
import { shortAge } from '../text/clock.js';
import { fit } from '../text/width.js';
import { fitLine, type Line, lineWidth, type Span, sides, span, type Tone, toned } from './line.js';
import { tagSpans } from './tags.js';
import { ticks } from './ticks.js';

export interface RowOptions {
  readonly width: number;
  readonly rowHeight: 1 | 2;
  readonly people: People;
  readonly now: number;
  /** At the cursor; `focused` where the keys go to the list. */
  readonly selected: boolean;
  readonly focused: boolean;
  readonly hasDraft: boolean;
  readonly marked: boolean;
}

/** What was drawn of a conversation; one that changes is another object. */
const drawn = new WeakMap<Conversation, { key: string; people: People; lines: readonly Line[] }>();

/** A conversation in the list: on a wide list one line, else two. The same lines while nothing of it changes. */
export function rowLines(conversation: Conversation, options: RowOptions): readonly Line[] {
  const { width, rowHeight, people, now, selected, focused, hasDraft, marked } = options;
  const key = [width, rowHeight, Math.floor(now / 30_000), selected, focused, hasDraft, marked].join();
  const known = drawn.get(conversation);
  if (known?.key === key && known.people === people) return known.lines;
  const lines = drawRow(conversation, options);
  drawn.set(conversation, { key, people, lines });
  return lines;
}

function drawRow(conversation: Conversation, options: RowOptions): Line[] {
  const lines = options.rowHeight === 1 ? [wideRow(conversation, options)] : narrowRow(conversation, options);
  if (!options.selected) return lines;
  return lines.map((line) => (options.focused ? toned(line, 'chosen') : [span('▌', 'marked'), ...withoutFirst(line)]));
}

const marks: Record<Conversation['status'], Span> = {
  new: span(' ◇ ', 'dim'),
  queued: span(' ○ ', 'warn'),
  assigned: span(' ● ', 'dim'),
  pending: span(' ◔ ', 'dim'),
  closed: span(' × ', 'dim'),
  merged: span(' ⇢ ', 'dim'),
};

/** What the marks mean, for the help. */
export const markMeanings: readonly (readonly [Span, string])[] = [
  [marks.queued, 'waits in a queue'],
  [marks.assigned, 'somebody has it'],
  [marks.new, 'with the assistant'],
  [marks.pending, 'waits for the customer, or for a time'],
  [marks.closed, 'closed'],
  [span(' ■ ', 'marked'), 'marked for the next act'],
  [span('!', 'warn'), 'its follow-up is due'],
];

function wideRow(conversation: Conversation, options: RowOptions): Line {
  const { width, people } = options;
  const nameWidth = Math.min(24, Math.floor(width / 4));
  const holderWidth = Math.min(16, Math.floor(width / 6));
  const tags = tagSpans(people, conversation.tags);
  const tagsWidth = tags.length > 0 ? Math.min(lineWidth(tags), Math.floor(width / 5)) : 0;
  const preview = width - 3 - nameWidth - 5 - holderWidth - 7;
  return [
    markOf(conversation, options),
    span(fit(contactName(conversation), nameWidth), nameTone(conversation)),
    unreadBadge(conversation),
    span(' '),
    ...fitLine([...lastWords(conversation, options)], Math.max(8, preview - tagsWidth)),
    ...fitLine(tags, tagsWidth),
    span(' '),
    span(fit(whose(people, conversation), holderWidth), 'dim'),
    ...(dueOf(conversation, options.now).length > 0 ? dueOf(conversation, options.now) : [span(' ')]),
    ageOf(conversation, options.now),
    span(' '),
  ];
}

function narrowRow(conversation: Conversation, options: RowOptions): Line[] {
  const { width, people, now } = options;
  const tags = tagSpans(people, conversation.tags);
  const name = [markOf(conversation, options), span(contactName(conversation), nameTone(conversation)), ...tags];
  const held = conversation.status === 'queued' ? '' : holder(people, conversation);
  const right = [
    ...(held ? [span(fit(held, Math.min(Math.max(4, held.length), Math.floor(width / 4))), 'dim'), span(' ')] : []),
    unreadBadge(conversation),
    span(' '),
  ];
  return [
    sides(name, [...dueOf(conversation, now), ageOf(conversation, now), span(' ')], width),
    sides([span('   '), ...lastWords(conversation, options)], right, width),
  ];
}

function markOf({ status }: Conversation, { marked }: RowOptions): Span {
  return marked ? span(' ■ ', 'marked') : marks[status];
}

/** Its follow-up is due. */
function dueOf({ followUpAt }: Conversation, now: number): Span[] {
  return followUpAt !== null && Date.parse(followUpAt) <= now ? [span('!', 'warn')] : [];
}

function whose(people: People, conversation: Conversation): string {
  return conversation.status === 'queued' ? teamName(people, conversation.teamId) : holder(people, conversation);
}

function nameTone({ unreadCount }: Conversation): Tone {
  return unreadCount > 0 ? 'strong' : 'plain';
}

function unreadBadge({ unreadCount }: Conversation): Span {
  if (unreadCount === 0) return span('    ');
  return span(fit(unreadCount > 999 ? '999+' : String(unreadCount), 4, 'right'), 'marked');
}

/** How long the customer waits; where nobody does, how long nothing happened. */
function ageOf({ waitingSince, lastActivityAt, lifecycle }: Conversation, now: number): Span {
  const waits = waitingSince !== null && lifecycle === 'open';
  const age = fit(shortAge(waits ? waitingSince : lastActivityAt, now), 4, 'right');
  if (!waits) return span(age, 'dim');
  const minutes = (now - Date.parse(waitingSince)) / 60_000;
  return span(age, minutes >= 60 ? 'bad' : minutes >= 10 ? 'warn' : 'strong');
}

function lastWords({ lastMessage }: Conversation, { hasDraft }: RowOptions): Line {
  const draft = hasDraft ? [span('draft ', 'warn')] : [];
  if (!lastMessage) return draft;
  const { direction, preview, type, state } = lastMessage;
  const text = cleanLine(preview) || `[${type}]`;
  if (direction === 'inbound') return [...draft, span(text, 'dim')];
  return [...draft, ticks(isState(state) ? state : null), span(' '), span(text, 'dim')];
}

type State = Parameters<typeof ticks>[0];

/** The API names the state of a last message as plain text. */
function isState(state: string | null): state is Exclude<State, null> {
  return state !== null;
}

function withoutFirst(line: Line): Line {
  const [first, ...rest] = line;
  return first ? [{ ...first, text: first.text.slice(1) }, ...rest] : [];
}
