import type { Place } from '../keys/table.js';
import type { State } from './state.js';

/** Where a key is pressed now: whatever is typed into or chosen from is one place. */
export function placeOf({ mode, pane }: State): Place {
  if (mode.name === 'filter' || mode.name === 'pick' || mode.name === 'ask') return 'pick';
  return mode.name === 'browse' ? pane : mode.name;
}
