import type { CanSend, SendConditions } from '@tims/core/plugin';

/** Meta's customer service window: 24 hours from the customer's last message to this number, by Meta's clock. */
export const serviceWindowMs = 24 * 60 * 60 * 1000;

/** Builds `canSend` for the message types that the channel can send at all. */
export function serviceWindow(sendable: readonly string[]): (conditions: SendConditions) => CanSend {
  return ({ lastInboundAt, now, channelActive }) => {
    if (!channelActive) return refused('This channel is switched off.');
    if (lastInboundAt === null) {
      return refused('The customer has not written to this number yet: WhatsApp lets only templates be sent.');
    }
    // A provider's clock ahead of ours must not stretch the window.
    const endsAt = Math.min(lastInboundAt, now) + serviceWindowMs;
    if (now >= endsAt) {
      return refused('The customer last wrote more than 24 hours ago: WhatsApp lets only templates be sent.');
    }
    return { allowed: [...sendable], reason: null, windowEndsAt: endsAt };
  };
}

function refused(reason: string): CanSend {
  return { allowed: [], reason, windowEndsAt: null };
}
