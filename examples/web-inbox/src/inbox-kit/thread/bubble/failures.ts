import type { Message } from '@tims/sdk';

type Failure = NonNullable<Message['error']>;

const whys: Readonly<Record<string, string>> = {
  window_closed: 'The channel’s window for answers was shut. It opens again when the customer writes.',
  recipient_blocked: 'This person cannot be reached here: they left the channel, or do not want messages.',
  rate_limited: 'Too much was sent at once. Wait a little, then send it again.',
  credentials: 'The channel refused our credentials. An administrator has to mend the channel first.',
  rejected: 'The channel refused this message. Sending the same again would not help.',
  retry: 'The channel had trouble of its own. Send it again.',
  unknown: 'The channel did not say why. Sending it again may help.',
};

/** Why a message failed and what to do, in plain words; the provider's own stand beside them. */
export function explain({ kind, retryable }: Failure): string {
  return whys[kind] ?? (retryable ? 'Send it again.' : 'Sending the same again would not help.');
}
