import { emptyField, type Field } from '../text/field.js';

/** A question that is answered with a line of text. */
export interface Ask {
  readonly kind: 'contact-value' | 'fill' | 'remind-at' | 'remind-about' | 'snooze-to' | 'transfer-note' | 'view-name';
  readonly title: string;
  /** What an answer may be. */
  readonly hint: string;
  readonly field: Field;
  readonly conversationId: string;
  /** What else it is about: a variable, a follow-up, a time, whom it goes to. */
  readonly subject: string;
  readonly pending?: boolean;
}

export function newAsk(ask: Omit<Ask, 'field'>, field: Field = emptyField): Ask {
  return { ...ask, field };
}
