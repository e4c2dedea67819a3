import type { Installation } from '../../installation.js';
import { type PersonKey, type ProviderError, SendError } from '../../plugin/index.js';
import type { Task } from './claim.js';

/** What the provider made of a send. */
export type Outcome =
  | { type: 'sent'; externalId: string; keys: PersonKey[] }
  | { type: 'failed'; error: ProviderError; retryAfterMs?: number };

/** Calls the adapter; never rejects. The call ends in half the lease, so that its outcome is recorded within it. */
export async function send(installation: Installation, { channel, message, to }: Task): Promise<Outcome> {
  const call = channel?.plugin.send[message.content.type];
  if (!channel || !call) return failed('rejected', 'unsupported', 'The channel cannot send this type of message');
  const signal = AbortSignal.timeout(installation.settings.outboxLeaseMs / 2);
  try {
    const result = await call(
      { id: message.id, to, content: message.content, ...(message.replyTo ? { replyTo: message.replyTo } : {}) },
      { config: channel.settings, installation: channel.installation, signal },
    );
    return { type: 'sent', externalId: result.externalId, keys: result.keys ?? [] };
  } catch (error) {
    if (error instanceof SendError) {
      const outcome = failed(error.kind, error.code, error.message);
      return error.retryAfterMs === undefined ? outcome : { ...outcome, retryAfterMs: error.retryAfterMs };
    }
    // An adapter that breaks may have sent: nobody knows, so nobody sends it again.
    installation.log.error({ message: message.id, channel: channel.id, error: nameOf(error) }, 'adapter failed');
    return failed('unknown', 'adapter_error', 'The channel plugin failed while it sent');
  }
}

function failed(kind: ProviderError['kind'], code: string, text: string): Extract<Outcome, { type: 'failed' }> {
  return { type: 'failed', error: { kind, code, text } };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
