import type { Controls } from '../controls.js';
import type { Option, Pick } from '../state/pick.js';
import { lookInto } from '../state/state.js';
import { assignTo } from './assigning.js';
import { closeWith } from './changing.js';

/** Does what was chosen. */
export function runPick(controls: Controls, { kind, conversationId }: Pick, option: Option): void {
  if (kind === 'group') controls.set({ ...lookInto(controls.state, { group: option.id }), pane: 'list' });
  else if (conversationId === undefined) return;
  else if (kind === 'close') closeWith(controls, conversationId, option.id);
  else if (kind === 'assign') assignTo(controls, conversationId, option);
}
