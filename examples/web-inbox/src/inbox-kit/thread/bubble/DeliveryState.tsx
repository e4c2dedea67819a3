import type { Message } from '@tims/sdk';
import { Check, CheckCheck, CircleAlert, CircleHelp, Clock, type LucideIcon } from 'lucide-react';
import { cx } from '../../ui.js';
import { fullTime } from '../dates.js';

type State = NonNullable<Message['state']>;

const marks: Readonly<Record<State, { icon: LucideIcon; said: string; colour?: string }>> = {
  queued: { icon: Clock, said: 'Waiting to be sent' },
  sending: { icon: Clock, said: 'Being sent' },
  sent: { icon: Check, said: 'Sent' },
  delivered: { icon: CheckCheck, said: 'Delivered' },
  read: { icon: CheckCheck, said: 'Read', colour: 'text-accent' },
  played: { icon: CheckCheck, said: 'Played', colour: 'text-accent' },
  failed: { icon: CircleAlert, said: 'Failed', colour: 'text-danger' },
  unknown: { icon: CircleHelp, said: 'Not certain', colour: 'text-warning' },
};

/** How far a message got: a mark to see and a word to hear. */
export function DeliveryState({ state, at }: { state: State; at?: string | null | undefined }) {
  const { icon: Icon, said, colour } = marks[state];
  return (
    <span className={cx('inline-flex', colour)} title={at ? `${said}, ${fullTime(at)}` : said}>
      <Icon aria-hidden="true" className="size-3.5" strokeWidth={2.25} />
      <span className="sr-only">{said}</span>
    </span>
  );
}
