import type { MessageContent } from './content.js';

/**
 * What one piece of a webhook means, whatever the provider. A closed union: an adapter puts everything it reads into
 * one of these branches, and what it does not know into `ignored` or an `unsupported` message.
 */
export type InboundEvent = InboundMessage | MessageUpdate | IdentityChange | ChannelNotice | Ignored;

/**
 * Which channel the event is for: its address (WhatsApp: the phone number id), or, for notices about everything that
 * hangs on one account (WhatsApp: the business account id), that account.
 */
export interface Route {
  address?: string;
  account?: string;
}

/** One way in which a channel names a person, e.g. `{type: 'phone', value: '+60123456789'}`. */
export interface PersonKey {
  type: string;
  value: string;
}

/** The person outside. `keys` are sorted: the one that identifies best comes first. */
export interface Person {
  keys: PersonKey[];
  name?: string;
  username?: string;
}

/**
 * - `live`: a person wrote just now.
 * - `echo`: our side wrote outside TIMS (the vendor's own app); no send of ours stands behind it.
 * - `history`: imported; notifies nobody, wakes nothing, opens no window.
 * - `standby`: the provider's own bot holds the thread; kept for reading, waits for nobody.
 */
export type MessageOrigin = 'live' | 'echo' | 'history' | 'standby';

export interface InboundMessage {
  kind: 'message';
  route: Route;
  origin: MessageOrigin;
  /** Who said it: the person (`inbound`) or our side (`outbound`: echoes, our part of a history). */
  direction: 'inbound' | 'outbound';
  /** The person of the conversation, also where our side wrote. */
  person: Person;
  /** The provider's id, compared byte for byte. */
  externalId: string;
  /** Continues this thread; the person's identity unless told. */
  threadKey?: string;
  /** The provider's clock, epoch milliseconds. */
  sentAt: number;
  content: MessageContent;
  /** The quoted message's external id; it may be unknown to us. */
  replyTo?: string;
  forwarded?: boolean;
  /** Where the person came from (an advertisement), as the provider gave it. */
  referral?: Record<string, unknown>;
  /** Only for outbound messages of a history. */
  state?: DeliveryState;
}

export type DeliveryState = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface MessageUpdate {
  kind: 'message_update';
  route: Route;
  /** The message that changes. */
  externalId: string;
  /** The provider's clock, epoch milliseconds. */
  at: number;
  update:
    | {
        type: 'status';
        state: DeliveryState;
        /** Our own message id, where the provider carries it along (WhatsApp: `biz_opaque_callback_data`). */
        reference?: string;
        error?: ProviderError;
        pricing?: Record<string, unknown>;
      }
    /** `emoji: null` takes the reaction back. */
    | { type: 'reaction'; person: Person; emoji: string | null; byUs?: boolean }
    | { type: 'edit'; content: MessageContent }
    | { type: 'revoke' };
}

/** A person's keys changed: `before` finds the identity, `after` are its keys from now on. */
export interface IdentityChange {
  kind: 'identity_change';
  route: Route;
  before: PersonKey[];
  after: PersonKey[];
  at: number;
}

/** News about the channel or the account rather than from a person. */
export interface ChannelNotice {
  kind: 'channel_notice';
  route: Route;
  notice: 'template' | 'quality' | 'account' | 'opt_out' | 'error' | 'other';
  /** The provider's name of the field or event. */
  name: string;
  /** Whom an opt-out is about. */
  person?: Person;
  data: Record<string, unknown>;
  at: number;
}

export interface Ignored {
  kind: 'ignored';
  route: Route;
  /** For people who wonder why nothing happened, e.g. `unknown field "calls"`. */
  why: string;
}

/** What went wrong at the provider, in its own words, and what that means for us. */
export interface ProviderError {
  kind: SendErrorKind;
  /** The provider's code, as text. */
  code: string;
  text: string;
}

/**
 * What a failed send means. Nothing above an adapter knows a provider's code.
 * - `retry`: nothing was sent; the same request can succeed later.
 * - `rate_limited`: like `retry`, but not before `retryAfterMs`.
 * - `window_closed`: only templates may be sent now.
 * - `recipient_blocked`: this person cannot or does not want to be reached here.
 * - `credentials`: a person has to mend the channel's account first.
 * - `rejected`: this message will never be taken.
 * - `unknown`: the provider may have taken it; it is never resent in silence.
 */
export type SendErrorKind =
  | 'retry'
  | 'rate_limited'
  | 'window_closed'
  | 'recipient_blocked'
  | 'credentials'
  | 'rejected'
  | 'unknown';
