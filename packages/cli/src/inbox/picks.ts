import { assignTo, closeWith } from './answering.js';
import type { Controls } from './controls.js';
import { type Option, type Pick, typed } from './state/pick.js';
import { lookInto } from './state/state.js';

/** Does what was chosen. */
export function runPick(controls: Controls, { kind, conversationId, field }: Pick, option: Option): void {
  if (kind === 'group') controls.set({ ...lookInto(controls.state, { group: option.id }), pane: 'list' });
  else if (conversationId === undefined) return;
  else if (kind === 'close')
    closeWith(controls, conversationId, option.id === typed ? field.text.trim() : option.label);
  else if (kind === 'assign') assignTo(controls, conversationId, option);
}
