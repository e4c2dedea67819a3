import type { Controls } from '../controls.js';
import type { Ask } from '../state/ask.js';
import type { Pick } from '../state/pick.js';
import type { Writing } from '../state/state.js';

/** @param back what goes on once something was chosen, or nothing */
export function openPick(controls: Controls, pick: Pick, back?: Writing) {
  controls.set({ ...controls.state, mode: { name: 'pick', pick, ...(back ? { back } : {}) } });
}

export function openAsk(controls: Controls, ask: Ask, back?: Writing) {
  controls.set({ ...controls.state, mode: { name: 'ask', ask, ...(back ? { back } : {}) } });
}

/** Other options in the list that is open; nothing where it was left meanwhile. */
export function refreshPick(controls: Controls, kind: Pick['kind'], change: (pick: Pick) => Pick) {
  const { mode } = controls.state;
  if (mode.name === 'pick' && mode.pick.kind === kind) {
    controls.set({ ...controls.state, mode: { ...mode, pick: change(mode.pick) } });
  }
}
