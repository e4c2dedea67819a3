import type { Message, Note, Outgoing, ThreadItem } from '@tims/sdk';
import { contentText } from '../../output/content.js';
import { isCollision } from '../acts/colliding.js';
import { type People, tagsOf, userName } from '../state/people.js';
import { clean, cleanLine } from '../text/clean.js';
import { dayName, timeOfDay } from '../text/clock.js';
import { cut } from '../text/width.js';
import { wrap } from '../text/wrap.js';
import { fitLine, type Line, type Span, sides, span } from './line.js';
import { noteLines } from './note-lines.js';
import { tagSpans } from './tags.js';
import { outgoingTicks, ticks } from './ticks.js';

export interface ThreadLine {
  readonly item: string;
  readonly line: Line;
}

interface Options {
  readonly width: number;
  readonly people: People;
  readonly contact: string;
  readonly channel: string;
  /** The first message that was unread when the conversation was opened. */
  readonly unreadFrom: string | undefined;
  readonly now: number;
}

/** The conversation as lines: days, who speaks, what they say, and how far it came. */
export function threadLines(items: readonly ThreadItem[], options: Options): ThreadLine[] {
  const quotable = new Map(items.flatMap((item) => (item.type === 'message' ? [[item.id, item.message]] : [])));
  const lines: ThreadLine[] = [];
  let before: Said | undefined;
  for (const item of items) {
    const said = saidBy(item, options);
    const day = dayName(said.at, options.now);
    const sameDay = before !== undefined && dayName(before.at, options.now) === day;
    const add = (line: Line) => lines.push({ item: item.id, line: [margin, ...line] });
    if (!sameDay) add(divider(day, options.width, 'dim'));
    if (item.id === options.unreadFrom) add(divider('New', options.width, 'accent'));
    const goesOn = sameDay && item.id !== options.unreadFrom && before?.who === said.who && near(before.at, said.at);
    if (!goesOn) {
      if (sameDay && item.id !== options.unreadFrom) add([]);
      // A note has a head of its own.
      if (item.type !== 'note') add(fitLine([span(said.who, said.tone)], options.width));
    }
    for (const line of bodyOf(item, quotable, options)) add(line);
    before = said;
  }
  return lines;
}

const margin = span(' ');

interface Said {
  who: string;
  tone: 'strong' | 'accent' | 'dim';
  at: string;
}

/** Longer than this, and it is said anew who speaks. */
const pauseMs = 10 * 60_000;

function near(a: string, b: string): boolean {
  return Date.parse(b) - Date.parse(a) < pauseMs;
}

function saidBy(item: ThreadItem, { people, contact, channel }: Options): Said {
  if (item.type === 'note') return { who: `note ${item.id}`, tone: 'dim', at: item.note.createdAt };
  if (item.type === 'outgoing') return { who: 'You', tone: 'accent', at: item.outgoing.createdAt };
  const { author, displayAt: at } = item.message;
  if (author.type === 'contact') return { who: contact, tone: 'strong', at };
  if (author.type === 'channel') return { who: cleanLine(channel), tone: 'dim', at };
  return { who: author.id === people.me.id ? 'You' : userName(people, author.id), tone: 'accent', at };
}

function divider(text: string, width: number, tone: 'dim' | 'accent'): Line {
  const head = `── ${text} `;
  return [span(cut(head + '─'.repeat(Math.max(0, width - head.length)), width), tone)];
}

/** What was drawn of a message in a width; a message that changes is another object. */
const drawn = new WeakMap<object, { key: string; lines: readonly Line[] }>();

function bodyOf(item: ThreadItem, quotable: ReadonlyMap<string, Message>, options: Options): readonly Line[] {
  if (item.type === 'note') return noteBody(item.note, options);
  const subject = item.type === 'message' ? item.message : item.outgoing;
  const quotedId = item.type === 'message' ? item.message.replyTo?.messageId : item.outgoing.replyTo;
  const quoted = quotedId ? quotable.get(quotedId) : undefined;
  const tags = item.type === 'message' ? namesOf(item.message.tags, options.people) : '';
  const key = `${options.width} ${quoted?.version ?? ''} ${options.people.colleagues.length}${tags}`;
  const known = drawn.get(subject);
  if (known?.key === key) return known.lines;
  const lines =
    item.type === 'message' ? messageBody(item.message, quoted, options) : outgoingBody(item.outgoing, options);
  drawn.set(subject, { key, lines });
  return lines;
}

/** What the tags are called now, and their colours: they may be given others. */
function namesOf(tags: Message['tags'], people: People): string {
  return tagsOf(people, tags)
    .map(({ name, color }) => `#${color}${name}`)
    .join();
}

function noteBody(note: Note, options: Options): readonly Line[] {
  const key = `${options.width} ${options.people.colleagues.length}`;
  const known = drawn.get(note);
  if (known?.key === key) return known.lines;
  const lines = noteLines(note, options);
  drawn.set(note, { key, lines });
  return lines;
}

function messageBody(message: Message, quoted: Message | undefined, options: Options): Line[] {
  const { content, state, displayAt, replyTo, error, reactions, revokedAt, editedAt, origin, direction } = message;
  const above: Span[][] = replyTo ? [[span(`│ ${quotedText(quoted)}`, 'dim')]] : [];
  const text = revokedAt ? 'deleted' : clean(contentText(content)) || `(${content.type} without text)`;
  const body = textLines(
    text,
    revokedAt || content.type === 'unsupported' || content.type === 'erased' ? 'dim' : 'plain',
    options.width,
  );
  const facts = [
    editedAt && !revokedAt ? 'edited' : '',
    origin === 'echo' ? 'written outside TIMS' : '',
    origin === 'history' ? 'imported' : '',
    reactions.map(({ emoji }) => cleanLine(emoji)).join(' '),
  ].filter(Boolean);
  const below: Span[][] = facts.length > 0 ? [[span(facts.join(' · '), 'dim')]] : [];
  const tags = tagSpans(options.people, message.tags);
  if (tags.length > 0) below.push(tags.map((one, index) => (index === 0 ? { ...one, text: one.text.trim() } : one)));
  if (state === 'failed') below.push(...textLines(failure(error), 'bad', options.width));
  if (state === 'unknown') below.push(...textLines(doubt, 'warn', options.width));
  const meta = [span(timeOfDay(displayAt), 'dim'), span(' '), direction === 'outbound' ? ticks(state) : span('  ')];
  return assemble(above, body, below, meta, options.width);
}

const doubt = 'Nobody knows yet whether it was sent; it is not sent twice by itself.';

function failure(error: Message['error']): string {
  if (!error) return 'Not sent.';
  const why = `Not sent: ${cleanLine(error.text)} (${cleanLine(error.code)}).`;
  return error.retryable ? `${why} Sending it again may help.` : `${why} Sending it again does not help.`;
}

function outgoingBody(outgoing: Outgoing, options: Options): Line[] {
  const { text, state, error, createdAt } = outgoing;
  const body = textLines(clean(text), 'plain', options.width);
  const below = isCollision(outgoing)
    ? textLines('Not sent: somebody else answered first. ! asks what becomes of it.', 'bad', options.width)
    : state === 'refused'
      ? textLines(
          `Not sent: ${cleanLine(error?.message ?? '')} ${cleanLine(error?.help ?? '')}`.trim(),
          'bad',
          options.width,
        )
      : state === 'queued' && error
        ? textLines('Waits to be sent; it goes out once.', 'warn', options.width)
        : [];
  const meta = [span(timeOfDay(createdAt), 'dim'), span(' '), outgoingTicks(outgoing)];
  return assemble([], body, below, meta, options.width);
}

function quotedText(quoted: Message | undefined): string {
  return quoted ? cleanLine(contentText(quoted.content)) : 'an earlier message';
}

const indent = '  ';
/** `14:05 ✓✓` and the gap before it. */
const metaWidth = 9;

function textLines(text: string, tone: 'plain' | 'dim' | 'bad' | 'warn', width: number): Span[][] {
  return wrap(text, Math.max(8, width - indent.length - metaWidth)).map((line) => [span(line, tone)]);
}

function assemble(above: Span[][], body: Span[][], below: Span[][], meta: Line, width: number): Line[] {
  const [first = [], ...rest] = body;
  const room = width - metaWidth;
  return [
    ...above.map((line) => fitLine([span(indent), ...line], room)),
    sides([span(indent), ...first], meta, width),
    ...[...rest, ...below].map((line) => fitLine([span(indent), ...line], width)),
  ];
}
