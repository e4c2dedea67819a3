import { createHmac } from 'node:crypto';
import type { Installation } from '../../installation.js';
import type { MessageContent, ProviderError } from '../../plugin/index.js';

export const erasedContent = { type: 'erased', v: 1 } as const satisfies MessageContent;

const mark = 'erased:';

/**
 * What an erased message has in place of the provider's id, which may hold a number (WhatsApp's does): the same for the
 * same id, so that a message that comes again is still known, and nothing that anybody without the key can go back from.
 */
export function veiledId({ secrets }: Pick<Installation, 'secrets'>, externalId: string): string {
  if (externalId.startsWith(mark)) return externalId;
  return mark + createHmac('sha256', secrets.key('erasure')).update(externalId).digest('base64url');
}

/** The ids as messages have them, and as they have them once they are erased. */
export function withVeiled(installation: Installation, externalIds: readonly string[]): string[] {
  return [...externalIds, ...externalIds.map((id) => veiledId(installation, id))];
}

/** What the provider said beside a message that is about nobody: it is counted. */
const counted = ['pricing', 'flood', 'blocked'];

interface Storable {
  content: MessageContent;
  externalId: string | null;
  error: ProviderError | null;
  extra: Record<string, unknown> | null;
}

/** A message as it may be stored: what comes late for an erased one, an answer or a status, brings nothing of it back. */
export function storable<M extends Storable>(installation: Installation, message: M): M {
  if (message.content.type !== 'erased') return message;
  const { error, extra, externalId } = message;
  const kept = Object.entries(extra ?? {}).filter(([name]) => counted.includes(name));
  return {
    ...message,
    externalId: externalId === null ? null : veiledId(installation, externalId),
    error: error && { ...error, text: 'Erased' },
    extra: kept.length > 0 ? Object.fromEntries(kept) : null,
  };
}
