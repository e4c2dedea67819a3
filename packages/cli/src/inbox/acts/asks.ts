import type { Controls } from '../controls.js';
import type { Ask } from '../state/ask.js';
import { transferTo } from './assigning.js';
import { fillVariable } from './canned.js';
import { typeValue } from './contact-changes.js';
import { remindAbout, remindAt, snoozeTo } from './following-up.js';
import { saveView } from './views.js';

const answered: Readonly<Record<Ask['kind'], (controls: Controls, ask: Ask, text: string) => void>> = {
  'contact-value': typeValue,
  fill: fillVariable,
  'remind-at': remindAt,
  'remind-about': remindAbout,
  'snooze-to': snoozeTo,
  'transfer-note': transferTo,
  'view-name': (controls, _ask, text) => saveView(controls, text),
};

/** Does what was asked about. */
export function answerAsk(controls: Controls, ask: Ask): void {
  answered[ask.kind](controls, ask, ask.field.text.trim());
}
