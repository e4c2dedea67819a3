import { type Conversation, isTimsError, type SearchHit } from '@tims/sdk';
import { refreshPick } from './acts/opening.js';
import type { Controls } from './controls.js';
import { contactName } from './state/people.js';
import type { Option } from './state/pick.js';
import { oneLineOf } from './tell.js';
import { cleanLine } from './text/clean.js';
import { shortAge } from './text/clock.js';

/** Asks the server for what is typed into the search, while it is typed. */
export interface Finder {
  look(): void;
  close(): void;
}

const pauseMs = 150;
const mostHits = 50;
/** A page may be short, or empty, and have a next one. */
const mostPages = 5;

/** @param changed to be called when there is something else to see */
export function createFinder(controls: Controls, changed: () => void): Finder {
  let asked: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  function stop(): void {
    clearTimeout(timer);
    running?.abort();
    running = undefined;
  }

  function look(): void {
    const { mode } = controls.state;
    const text = mode.name === 'pick' && mode.pick.kind === 'search' ? mode.pick.field.text.trim() : undefined;
    if (text === asked) return;
    asked = text;
    stop();
    if (text === undefined) return;
    show([], text, text !== '');
    if (text !== '') timer = setTimeout(() => void find(text), pauseMs);
  }

  /** What was found for other words goes on being shown until there is something for these. */
  function show(options: readonly Option[], text: string, pending: boolean): void {
    refreshPick(controls, 'search', (pick) => ({
      ...pick,
      found: { text, pending },
      ...(pending ? {} : { options, chosen: 0 }),
    }));
  }

  async function find(text: string): Promise<void> {
    const mine = new AbortController();
    running = mine;
    try {
      const hits = await hitsOf(text, mine.signal);
      const conversations = await conversationsOf(hits, mine.signal);
      if (running !== mine) return;
      const { now } = controls.data;
      show(
        hits.map((hit) => hitOption(hit, conversations, now)),
        text,
        false,
      );
    } catch (error) {
      if (running !== mine) return;
      show([], text, false);
      if (!isTimsError(error, 'validation_failed')) controls.say(oneLineOf(error, controls.data.people), 'bad');
    }
    changed();
  }

  /** `in:notes refund` looks in notes alone. */
  async function hitsOf(typed: string, signal: AbortSignal): Promise<SearchHit[]> {
    const [, place, rest] = /^in:(messages|contacts|notes|tags)\s+(.+)$/.exec(typed) ?? [];
    const query = place && rest ? { q: rest, in: place } : { q: typed };
    const hits: SearchHit[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < mostPages && hits.length < mostHits; pages++) {
      const page = await controls.tims.search.find({ ...query, limit: mostHits, cursor }, { signal, retries: 0 });
      hits.push(...page.data);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    return hits;
  }

  async function conversationsOf(hits: readonly SearchHit[], signal: AbortSignal): Promise<Map<string, Conversation>> {
    const ids = [...new Set(hits.flatMap(({ conversationId }) => conversationId ?? []))].slice(0, 100);
    if (ids.length === 0) return new Map();
    const { data } = await controls.tims.conversations.list({ ids: ids.join(',') }, { signal, retries: 0 });
    return new Map(data.map((one) => [one.id, one]));
  }

  return { look, close: stop };
}

const marks = { message: ' ', note: '✎', contact: '●', tag: '#' } as const;

function hitOption(hit: SearchHit, conversations: ReadonlyMap<string, Conversation>, now: number): Option {
  const { kind, id, conversationId, contactId, at } = hit;
  const conversation = conversations.get(conversationId ?? '');
  const name = conversation ? contactName(conversation) : kind === 'message' ? 'Conversation' : kind;
  const head = `${shortAge(at, now)} · `;
  const { text, ranges } = cleanHit(hit);
  const open = kind === 'contact' || !conversationId ? `contact:${contactId ?? id}` : `${kind}:${conversationId}:${id}`;
  return {
    id: kind === 'tag' ? `tag:${id}` : open,
    label: name,
    detail: head + text,
    mark: marks[kind],
    ranges: ranges.map(({ start, length }) => ({ start: start + head.length, length })),
  };
}

/** Each piece is made safe by itself, as the places count the text as it came. */
function cleanHit({ excerpt, ranges }: SearchHit) {
  const found: { start: number; length: number }[] = [];
  let text = '';
  let at = 0;
  for (const { start, length } of ranges) {
    text += piece(excerpt.slice(at, start));
    const match = piece(excerpt.slice(start, start + length));
    found.push({ start: text.length, length: match.length });
    text += match;
    at = start + length;
  }
  return { text: text + piece(excerpt.slice(at)), ranges: found };
}

/** On one line, keeping the space between two pieces. */
function piece(text: string): string {
  const begin = /^\s/.test(text) ? ' ' : '';
  const end = /\s$/.test(text) && text.trim() !== '' ? ' ' : '';
  return begin + cleanLine(text) + end;
}
