import type { Controls } from '../controls.js';
import { argumentOf, chosenOption, newPick, type Pick } from '../state/pick.js';
import { readQuery } from '../state/query.js';
import { browse, lookInto } from '../state/state.js';
import { fieldOf } from '../text/field.js';
import { answerAsk } from './asks.js';
import { openPick } from './opening.js';
import { runPick } from './picks.js';

export function changePick(controls: Controls, change: (pick: Pick) => Pick) {
  const { state } = controls;
  if (state.mode.name === 'pick') controls.set({ ...state, mode: { ...state.mode, pick: change(state.mode.pick) } });
}

export function openPalette(controls: Controls) {
  const { keymap } = controls;
  const named = keymap.bindings.filter(({ keyOnly }) => !keyOnly);
  const options = named.map(({ act, does, argument }) => ({
    id: act,
    label: act,
    detail: [argument ? `<${argument}>` : '', does, keymap.keyOf(act) ? `(${keymap.keyOf(act)})` : '']
      .filter(Boolean)
      .join('  '),
  }));
  const withArgument = named.flatMap(({ act, argument }) => (argument ? [act] : []));
  openPick(controls, newPick({ kind: 'palette', title: ':', options, withArgument }));
}

export function choose(controls: Controls) {
  const { state } = controls;
  const { mode } = state;
  if (mode.name === 'filter') return applyFilter(controls, mode.field.text);
  if (mode.name === 'ask') {
    controls.set({ ...state, mode: mode.back ?? browse });
    return answerAsk(controls, mode.ask);
  }
  if (mode.name !== 'pick') return;
  const { pick } = mode;
  const option = chosenOption(pick);
  if (!option) return controls.say(pick.found?.pending ? 'Still looking.' : 'Nothing fits what you typed.');
  controls.set({ ...state, mode: mode.back ?? browse });
  if (pick.kind !== 'palette') return runPick(controls, pick, option);
  const act = controls.keymap.bindings.find((binding) => binding.act === option.id)?.act;
  const [, argument] = argumentOf(pick);
  if (act) controls.run(act, '', argument || undefined);
}

export function openFilter(controls: Controls, argument?: string) {
  const { state } = controls;
  if (argument) return applyFilter(controls, argument);
  controls.set({
    ...state,
    pane: 'list',
    mode: { name: 'filter', field: fieldOf(state.query), before: state.query },
  });
}

function applyFilter(controls: Controls, text: string) {
  const { state, data } = controls;
  const { problem } = readQuery(text, data.people);
  if (problem) return controls.say(`${problem}.`, 'bad');
  controls.set({ ...lookInto(state, { query: text.trim() }), mode: browse, pane: 'list' });
}
