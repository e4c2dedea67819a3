import type { Note } from '@tims/sdk';
import { type People, userName } from '../state/people.js';
import { capital } from '../tell.js';
import { clean, cleanLine } from '../text/clean.js';
import { timeOfDay } from '../text/clock.js';
import { wrap } from '../text/wrap.js';
import { fitLine, type Line, sides, span } from './line.js';

/** A note is told from what was said by its bar, its colour and its head, each enough by itself. */
export function noteLines(note: Note, { width, people }: { width: number; people: People }): Line[] {
  const { text, createdAt, editedAt, pinnedAt } = note;
  const facts = [pinnedAt === null ? '' : '▲ pinned', editedAt === null ? '' : 'edited'].filter(Boolean).join(' · ');
  const head = sides(
    [bar, span(headOf(note, people), 'note'), span(facts ? `  ${facts}` : '', 'dim')],
    [span(`${timeOfDay(createdAt)}   `, 'dim')],
    width,
  );
  const body = wrap(clean(text), Math.max(8, width - 3)).map((line) => [bar, ...withMentions(line, note, people)]);
  return [head, ...body.map((line) => fitLine(line, width))];
}

const bar = span('┃ ', 'note');

function headOf({ kind, authorId, aboutUserId }: Note, people: People): string {
  const who = capital(userName(people, authorId));
  if (kind === 'note') return `Note · ${who}`;
  return `Feedback for ${userName(people, aboutUserId)} · ${who}`;
}

function withMentions(line: string, { mentions }: Note, people: People): Line {
  const names = mentions.flatMap((id) => {
    const name = people.me.id === id ? people.me.name : people.colleagues.find((one) => one.id === id)?.name;
    return name ? [`@${cleanLine(name)}`] : [];
  });
  const found = names.find((name) => line.toLowerCase().includes(name.toLowerCase()));
  if (!found) return [span(line, 'note')];
  const at = line.toLowerCase().indexOf(found.toLowerCase());
  const end = at + found.length;
  return [span(line.slice(0, at), 'note'), span(line.slice(at, end), 'marked'), span(line.slice(end), 'note')];
}

/** The pinned note in one line, above the conversation. */
export function pinnedLine({ text, authorId }: Note, people: People, width: number): Line {
  return fitLine(
    [span(' ▲ ', 'note'), span(`${capital(userName(people, authorId))}: `, 'dim'), span(cleanLine(text), 'note')],
    width,
  );
}
