import type { Answer, Conversation, Input } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { rowsShown } from '../state/layout.js';
import { moveSelection } from '../state/selection.js';
import { cleanLine } from '../text/clean.js';
import { sayNothingIsSelected } from './run.js';

/** The most that one request takes. */
const most = 500;

/** Marks the conversation at the cursor, or takes the mark off, and goes on to the next. */
export function mark(controls: Controls) {
  const { state, data, layout } = controls;
  const { id } = state.selected;
  if (!id) return;
  const marked = new Set(state.marked);
  if (!marked.delete(id)) marked.add(id);
  controls.set({ ...moveSelection(state, data.rows, rowsShown(layout), 1), marked });
}

/** Marks all that are loaded, or none. */
export function markAll(controls: Controls) {
  const { state, data } = controls;
  const all = data.rows.slice(0, most).map(({ id }) => id);
  const marked = new Set(state.marked.size >= all.length ? [] : all);
  controls.set({ ...state, marked });
  if (marked.size === most && data.rows.length > most) controls.say(`The first ${most} are marked: more go in turns.`);
}

/** What the next act is for: the marked ones, or else the one that keys are about. */
export function withSubjects(
  controls: Controls,
  one: (conversation: Conversation) => void,
  many: (conversations: readonly Conversation[]) => void,
) {
  const { state, data } = controls;
  const marked = state.pane === 'list' ? data.rows.filter(({ id }) => state.marked.has(id)) : [];
  if (marked.length > most) return controls.say(`At most ${most} at once.`, 'bad');
  if (marked.length > 0) return many(marked);
  const conversation = controls.subject();
  if (conversation) one(conversation);
  else sayNothingIsSelected(controls);
}

/** Does it to all of them and says what came of it; those that were refused stay marked. */
export function changeMany(controls: Controls, input: Input<'conversations.bulk'>, done: string) {
  controls.perform(
    'bulk',
    () => controls.tims.conversations.bulk(input, { retries: 0 }),
    (result) => {
      const left = result.results.filter((one) => !one.done).map(({ id }) => id);
      controls.set({ ...controls.state, marked: new Set(left) });
      controls.say(outcome(result, done), result.refused > 0 ? 'bad' : 'good');
    },
  );
}

function outcome({ done, refused, results }: Answer<'conversations.bulk'>, what: string): string {
  const said = `${done} ${what}.`;
  if (refused === 0) return said;
  const why = cleanLine(results.find((one) => !one.done)?.detail ?? '');
  return `${said} ${refused} refused and still marked${why ? `: ${why}` : '.'}`;
}
