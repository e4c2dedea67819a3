import type { Ask } from '../state/ask.js';
import type { Completion } from '../state/completion.js';
import { matching, type Option, type Pick } from '../state/pick.js';
import type { Field } from '../text/field.js';
import { fit, widthOf } from '../text/width.js';
import { fitLine, type Line, sides, span, toned } from './line.js';

/** The rule and the line that is typed into stand above the options. */
const above = 2;

/** The first option that is shown, so that the chosen one is among them. */
export function firstOption(pick: Pick, height: number): number {
  const room = Math.max(1, height - above);
  return Math.max(0, Math.min(pick.chosen - room + 1, matching(pick).length - room));
}

export function pickLines(pick: Pick, width: number, height: number): Line[] {
  const options = matching(pick);
  const first = firstOption(pick, height);
  const shown = options.slice(first, first + Math.max(0, height - above));
  const labelWidth = Math.min(Math.floor(width / 2), Math.max(12, ...options.map(({ label }) => widthOf(label))));
  const lines = shown.map((option, index) => {
    const { label, mark } = option;
    const isChosen = first + index === pick.chosen;
    const markSpan = mark ? [span(` ${mark}`, mark === '●' ? 'good' : 'dim')] : [];
    const line = fitLine(
      [...markSpan, span(' '), span(fit(label, labelWidth), 'strong'), span('  '), ...detailSpans(option)],
      width,
    );
    return isChosen ? toned(line, 'chosen') : line;
  });
  const none = options.length === 0 ? [fitLine([span(` ${emptyText(pick)}`, 'dim')], width)] : [];
  const count = options.length > shown.length ? `${pick.chosen + 1} of ${options.length}` : '';
  const title = pick.kind === 'palette' ? 'Do' : pick.title;
  return [
    ruleLine(title, width, count),
    promptLine(pick.kind === 'palette' ? ':' : '›', pick.field, width),
    ...lines,
    ...none,
  ];
}

function emptyText({ found }: Pick): string {
  if (!found) return 'Nothing fits.';
  if (found.pending) return 'Looking …';
  if (found.text !== '') return 'Nothing was found.';
  return 'Words, "a phrase", a number or an e-mail address. in:notes looks in notes alone.';
}

/** What was looked for stands out. */
function detailSpans({ detail = '', ranges = [] }: Option): Line {
  let at = 0;
  const spans = ranges.flatMap(({ start, length }) => {
    const before = detail.slice(at, start);
    at = start + length;
    return [span(before, 'dim'), span(detail.slice(start, at), 'marked')];
  });
  return [...spans, span(detail.slice(at), 'dim')];
}

export function askLines({ title, hint, field }: Ask, width: number): Line[] {
  const room = width - widthOf(title) - 8;
  return [ruleLine(title, width, widthOf(hint) <= room ? hint : ''), promptLine('›', field, width)];
}

/** What completes what is being written, below it. */
export function completionLines({ options, chosen, title }: Completion, width: number, height: number): Line[] {
  const room = Math.max(1, height - 1);
  const first = Math.max(0, chosen - room + 1);
  const labelWidth = Math.min(Math.floor(width / 2), Math.max(8, ...options.map(({ label }) => widthOf(label))));
  const lines = options.slice(first, first + room).map((option, index) => {
    const mark = option.mark ? [span(` ${option.mark}`, option.mark === '●' ? 'good' : 'dim')] : [];
    const spans = [...mark, span(' '), span(fit(option.label, labelWidth), 'strong'), span('  ')];
    const line = fitLine([...spans, ...detailSpans(option)], width);
    return first + index === chosen ? toned(line, 'chosen') : line;
  });
  return [ruleLine(title, width, 'Enter puts it in'), ...lines];
}

const filterHints = [
  'words · is:unread · with:name · team:cx · tag:name · status:queued',
  'words · is:unread · with: team: tag: status:',
  'is: with: team: tag:',
  'is: with: tag:',
];

export function filterLines(field: Field, width: number): Line[] {
  const title = 'Narrow the list';
  const hint = filterHints.find((one) => widthOf(one) <= width - widthOf(title) - 8) ?? '';
  return [ruleLine(title, width, hint), promptLine('/', field, width)];
}

/** Where the cursor stands in the line that is typed into. */
export function promptCursor(field: Field, width: number): number {
  return Math.min(width - 1, 3 + widthOf(visible(field, width - 4).before));
}

function promptLine(sign: string, field: Field, width: number): Line {
  const { before, after } = visible(field, width - 4);
  return fitLine([span(` ${sign} `, 'title'), span(before + after)], width);
}

/** As much of it as fits, with the cursor in it. */
function visible({ text, cursor }: Field, width: number): { before: string; after: string } {
  let from = 0;
  while (from < cursor && widthOf(text.slice(from, cursor)) > width) from += 1;
  return { before: text.slice(from, cursor), after: text.slice(cursor) };
}

function ruleLine(title: string, width: number, right: string): Line {
  const left = [span('─ ', 'dim'), span(title, 'title'), span(' ', 'dim')];
  const used = left.reduce((sum, { text }) => sum + widthOf(text), 0) + (right ? widthOf(right) + 2 : 0);
  const rule = span('─'.repeat(Math.max(1, width - used)), 'dim');
  return sides([...left, rule], right ? [span(`${right} `, 'dim')] : [], width);
}
