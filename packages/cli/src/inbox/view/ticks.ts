import type { Message, Outgoing } from '@tims/sdk';
import { type Span, span } from './line.js';

/** How far an answer has come, in two columns. */
export function ticks(state: Message['state']): Span {
  switch (state) {
    case 'queued':
    case 'sending':
      return span(' …', 'dim');
    case 'sent':
      return span(' ✓', 'dim');
    case 'delivered':
      return span('✓✓', 'dim');
    case 'read':
    case 'played':
      return span('✓✓', 'accent');
    case 'failed':
      return span(' ✗', 'bad');
    case 'unknown':
      return span(' ?', 'warn');
    default:
      return span('  ');
  }
}

export function outgoingTicks({ state }: Outgoing): Span {
  return state === 'refused' ? span(' ✗', 'bad') : span(' …', state === 'queued' ? 'warn' : 'dim');
}

/** What the ticks mean, for the help. */
export const tickMeanings: readonly (readonly [Span, string])[] = [
  [span(' …', 'dim'), 'on its way to the provider'],
  [ticks('sent'), 'sent'],
  [ticks('delivered'), 'delivered'],
  [ticks('read'), 'read'],
  [ticks('failed'), 'failed: the line below says why'],
  [ticks('unknown'), 'nobody knows yet whether it was sent'],
];
