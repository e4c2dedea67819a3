import type { OpenConversation } from '@tims/sdk';
import { demandNote, demandReply } from '../acts/answering.js';
import { withdrawable } from '../acts/sending.js';
import type { View } from '../inbox.js';
import type { Keymap } from '../keys/keymap.js';
import { holder, type People, teamName, userName } from '../state/people.js';
import { topLine } from '../state/scrolling.js';
import { type Writing, writingOf } from '../state/state.js';
import { capital } from '../tell.js';
import { cleanLine } from '../text/clean.js';
import { span as length, moment, shortAge } from '../text/clock.js';
import { layField } from '../text/field.js';
import { fitLine, type Line, type Span, sides, span } from './line.js';

/** Who has it, over which channel, and how long it may still be answered. */
export function factsLine({ data, layout }: View): Line {
  const { page, people, now } = data;
  const width = layout.thread?.width ?? 0;
  if (!page) return [];
  const { conversation } = page;
  const { status, teamId, channel, waitingSince } = conversation;
  const facts = [
    status === 'assigned' ? `with ${holder(people, conversation)}` : holder(people, conversation),
    status === 'assigned' ? teamName(people, teamId) : '',
    cleanLine(channel.name),
  ].filter(Boolean);
  const narrow = width < 60;
  const here = companyOf(data);
  const waits =
    !narrow && waitingSince && conversation.lifecycle === 'open'
      ? [span(`waits ${shortAge(waitingSince, now).replace('now', '<1m')}  `, 'warn')]
      : [];
  const due = dueSpan(data, width);
  const left = narrow && here ? [span(` ${here}`, 'accent')] : [span(` ${facts.join(' · ')}`, 'dim')];
  const right = [...(here && !narrow ? [span(`${here}  `, 'accent')] : []), ...due, ...waits];
  return sides(left, [...right, windowSpan(page, now, narrow)], width);
}

/** Who else looks at it, or types in it. */
function companyOf({ people, viewers, typists }: View['data']): string {
  const names = (ids: readonly string[]) => {
    const [first = '', ...more] = ids.map((id) => capital(userName(people, id)));
    return more.length === 0 ? first : `${first} and ${more.length} more`;
  };
  if (typists.length > 0) return `${names(typists)} ${typists.length > 1 ? 'type' : 'types'} …`;
  if (viewers.length > 0) return `${names(viewers)} ${viewers.length > 1 ? 'look' : 'looks'} at it`;
  return '';
}

function dueSpan({ aside, page, now }: View['data'], width: number): Span[] {
  const at = page?.conversation.followUpAt ?? aside?.followUps[0]?.dueAt;
  if (!at) return [];
  const isDue = Date.parse(at) <= now;
  if (width < 45) return [span(isDue ? 'due  ' : '', 'warn')];
  if (isDue) return [span(width < 60 ? 'due  ' : 'follow-up due  ', 'warn')];
  return [span(`back ${moment(new Date(at), now)}  `, 'dim')];
}

function windowSpan({ canSend, conversation }: OpenConversation, now: number, narrow: boolean): Span {
  if (conversation.lifecycle === 'closed') return span('');
  if (!canSend.allowed.includes('text')) return span('window shut ', 'bad');
  if (!canSend.windowEndsAt) return span('');
  const left = Date.parse(canSend.windowEndsAt) - now;
  return span(narrow ? `${length(left)} left ` : `answer within ${length(left)} `, left < 3_600_000 ? 'warn' : 'dim');
}

/** As many lines of the conversation as there is room for, the newest at the bottom. */
export function messageLines({ state, data, layout, lines }: View): Line[] {
  const { messages } = layout;
  if (!messages) return [];
  const { width, height } = messages;
  if (lines.length === 0) return [[], fitLine([span(` ${nothing(state.open, data)}`, 'dim')], width)];
  const top = topLine(state, lines, height);
  const shown = lines.slice(top, top + height).map(({ line }) => line);
  const atStart =
    top === 0 && data.page?.hasOlder ? [fitLine([span('  older messages are loaded …', 'dim')], width)] : [];
  const all = [...atStart, ...shown.slice(atStart.length)];
  return [...Array.from({ length: Math.max(0, height - all.length) }, (): Line => []), ...all];
}

function nothing(open: string | undefined, { pageProblem, page }: View['data']): string {
  if (!open) return 'No conversation is open.';
  if (pageProblem) return pageProblem;
  return page ? 'Nothing has been said yet.' : 'Loading …';
}

/** The rule above the composer: that one is writing, how far up one reads, what is held back. */
export function composerRule(view: View, keymap: Keymap): Line {
  const { state, data, layout, fresh } = view;
  const width = layout.thread?.width ?? 0;
  const mode = writingOf(state.mode);
  const title = mode ? writingSpans(mode, data.people) : undoSpans(view, keymap);
  const preview = data.page?.preview
    ? [span('─ ', 'dim'), span('preview: the last messages only', 'dim'), span(' ', 'dim')]
    : [];
  const left = [...title, ...(title.length > 0 ? [] : preview)];
  const right = state.scroll
    ? [span(fresh > 0 ? ` ↓ ${fresh} new ` : ' ↓ newer below ', fresh > 0 ? 'marked' : 'dim')]
    : [];
  const used = [...left, ...right].reduce((sum, { text }) => sum + text.length, 0);
  return fitLine(
    [
      ...left,
      span('─'.repeat(Math.max(0, width - used - (right.length > 0 ? 2 : 0))), 'dim'),
      ...right,
      span('──', 'dim'),
    ],
    width,
  );
}

/** What it is that is written, and who reads it. */
function writingSpans({ as, about }: Writing, people: People): Span[] {
  if (as === 'answer') return [span('─ ', 'dim'), span('Answer', 'title'), span(' ', 'dim')];
  const note = (bar: string, who: string) => [span(` ${bar} `, 'note-bar'), span(` ${who} `, 'note')];
  if (!about) return note('NOTE', 'only colleagues read it');
  if (about.kind === 'contact') return note('NOTE', `about ${about.name}, for whoever sees them`);
  return note('FEEDBACK', `for ${userName(people, about.userId)} and who leads them`);
}

/** What is being written; else why nothing can be, the draft, or how to begin. */
export function composerLines({ state, data, layout }: View, keymap: Keymap): Line[] {
  const { composer } = layout;
  if (!composer) return [];
  const { width, height } = composer;
  const mode = writingOf(state.mode);
  if (mode) {
    const isNote = mode.as === 'note';
    const { lines, row } = layField(mode.field, width - 4);
    const first = firstComposerRow(row, height);
    return lines
      .slice(first, first + height)
      .map((text, index) => [
        span(first + index === 0 ? (isNote ? ' ✎ ' : ' › ') : isNote ? ' ┃ ' : '   ', isNote ? 'note' : 'accent'),
        span(text, isNote ? 'note' : 'plain'),
      ]);
  }
  const { page, people, draft, noteDraft } = data;
  if (!page) return [];
  const note = noteDraft.trim() === '' ? [] : [span(`  note draft: ${keymap.keyOf('note')} goes on`, 'note')];
  const refusal = demandReply(people, page, keymap);
  if (refusal)
    return [
      fitLine(
        [span(` ${refusal}`, draft ? 'warn' : 'dim'), ...(draft ? [span(' A draft is kept.', 'dim')] : []), ...note],
        width,
      ),
    ];
  if (draft.trim() !== '') return [sides([span(' draft ', 'warn'), span(cleanLine(draft), 'dim')], note, width)];
  const hint = [span(` ${keymap.keyOf('reply')}`, 'accent'), span(' answers', 'dim')];
  const noteHint = demandNote(people, page, keymap)
    ? []
    : [span(`   ${keymap.keyOf('note')}`, 'accent'), span(' notes', 'dim')];
  return [fitLine([...hint, ...noteHint, ...note], width)];
}

/** So long what was sent can be taken back. */
function undoSpans({ data }: View, keymap: Keymap): Span[] {
  const { page, people, now } = data;
  const until = page?.messages.findLast((one) => withdrawable(one, people.me.id, now))?.withdrawableUntil;
  if (!until) return [];
  const left = `sent in ${length(Math.max(1_000, Date.parse(until) - now))}: ${keymap.keyOf('take-back')} takes it back`;
  return [span('─ ', 'dim'), span(left, 'warn'), span(' ', 'dim')];
}

/** The composer shows the line of the cursor, and as many before it as fit. */
export function firstComposerRow(row: number, height: number): number {
  return Math.max(0, row - height + 1);
}
