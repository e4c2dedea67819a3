import type { InboundEvent, InboundMessage, MessageContent, MessageUpdate, Person } from '@tims/core/plugin';

export const number = { address: '100200300' };
export const account = { account: '203040506070' };

export const dana: Person = {
  keys: [
    { type: 'user_id', value: 'US.700000000000000001' },
    { type: 'phone', value: '+12025550123' },
  ],
  name: 'Dana Reyes',
};
/** Dana where no contact tells her name. */
export const danasPhone: Person = { keys: [{ type: 'phone', value: '+12025550123' }] };

/** Dana writes; `id` is the end of the fixture's message id. */
export function said(id: string, content: MessageContent, rest: Partial<InboundMessage> = {}): InboundEvent[] {
  return [
    {
      kind: 'message',
      route: number,
      origin: 'live',
      direction: 'inbound',
      person: dana,
      externalId: `wamid.HBgLM${id}=`,
      sentAt: 1_763_600_000_000,
      content,
      ...rest,
    },
  ];
}

export const text = (body: string): MessageContent => ({ type: 'text', v: 1, text: body });

export function update(externalId: string, at: number, change: MessageUpdate['update']): InboundEvent {
  return { kind: 'message_update', route: number, externalId, at, update: change };
}
