import type { View } from '../inbox.js';
import type { Mode } from '../state/state.js';
import type { Cursor } from '../terminal/painter.js';
import { type Field, layField } from '../text/field.js';
import { promptCursor } from './drawer-lines.js';
import { firstComposerRow } from './thread-parts.js';

/** Where the terminal's cursor is to stand: in what is being written, else nowhere. */
export function cursorOf({ state, layout }: View): Cursor | undefined {
  const { mode } = state;
  if (layout.tooSmall) return undefined;
  if (mode.name === 'write' && layout.composer) {
    const { x, y, width, height } = layout.composer;
    const { row, column } = layField(mode.field, width - 4);
    return { x: x + 3 + column, y: y + row - firstComposerRow(row, height) };
  }
  const field = promptField(mode);
  return field && layout.drawer ? { x: promptCursor(field, layout.width), y: layout.drawer.y + 1 } : undefined;
}

/** The line in the drawer that is typed into. */
function promptField(mode: Mode): Field | undefined {
  if (mode.name === 'pick') return mode.pick.field;
  if (mode.name === 'ask') return mode.ask.field;
  return mode.name === 'filter' ? mode.field : undefined;
}
