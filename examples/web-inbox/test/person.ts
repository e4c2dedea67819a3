import type { Contact } from '@tims/sdk';
import { clock } from './shell-server.js';

/** The contact of the conversation `cnv_1`. */
export function person(more: Partial<Contact> = {}): Contact {
  return {
    id: 'con_cnv_1',
    name: 'Dana Reyes',
    kind: 'customer',
    version: 1,
    attributes: {},
    blockedAt: null,
    mergedInto: null,
    createdAt: clock(0),
    tags: [],
    identities: [],
    ...more,
  };
}

/** Where somebody is reached at by telephone. */
export function phoneOf(
  value: string,
  more: Partial<Contact['identities'][number]> = {},
): Contact['identities'][number] {
  return {
    id: 'idn_1',
    channelId: 'chn_1',
    name: 'Dana',
    username: null,
    keys: [{ type: 'phone', value }],
    lastInboundAt: clock(0),
    optedOutAt: null,
    ...more,
  };
}
