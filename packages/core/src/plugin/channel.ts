import type { TObject } from 'typebox';
import type { MessageContent, MessageType } from './content.js';
import type { InboundEvent, Person, PersonKey, SendErrorKind } from './inbound.js';

/** A channel's settings after validation against its plugin's `config`, secrets decrypted. */
export type ChannelConfig = Record<string, unknown>;

/** The installation's own settings for this plugin, from `tims.config.ts` or the environment. */
export type InstallationSettings = Record<string, unknown>;

export interface SignedRequest {
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  /** The bytes as they came; a signature holds for nothing else. */
  body: Buffer;
}

export interface OutgoingMessage {
  /** Our message id; comes back in statuses where the provider carries it. */
  id: string;
  to: PersonKey[];
  content: MessageContent;
  /** The quoted message's external id. */
  replyTo?: string;
}

export interface SendContext {
  config: ChannelConfig;
  installation: InstallationSettings;
  /** Ends the call before the outbox lease does. */
  signal: AbortSignal;
}

export interface SendResult {
  externalId: string;
  /** Further keys the provider told us for the recipient. */
  keys?: PersonKey[];
}

/**
 * A send that failed, classified by the adapter.
 *
 * @example throw new SendError('rate_limited', { code: '130429', text: 'Too fast', retryAfterMs: 4000 })
 */
export class SendError extends Error {
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly kind: SendErrorKind,
    detail: { code: string; text: string; retryAfterMs?: number; cause?: unknown },
  ) {
    super(detail.text, { cause: detail.cause });
    this.name = 'SendError';
    this.code = detail.code;
    this.retryAfterMs = detail.retryAfterMs;
  }
}

/** What `canSend` may look at. Times are the provider's clock, epoch milliseconds. */
export interface SendConditions {
  lastInboundAt: number | null;
  now: number;
  channelActive: boolean;
}

export interface CanSend {
  /** Message types that may be sent now. */
  allowed: string[];
  /** Why the others may not, for people; null when nothing is refused. */
  reason: string | null;
  /** When what is allowed now stops being allowed, epoch milliseconds; null when it does not end or has ended. */
  windowEndsAt: number | null;
}

export interface ChannelLimits {
  /** Longest text, in characters (UTF-16 units). */
  text: number;
  /** Messages a second that one channel may send. */
  perSecond: number;
}

/**
 * A channel adapter: data first, then functions. It does no I/O but in `send`, `markRead`, `setup`, and never touches a
 * database.
 */
export interface ChannelPlugin {
  kind: 'channel';
  id: string;
  title: string;
  version: string;
  apiVersion: 1;
  /** Settings of one channel. A property with `secret: true` is encrypted at rest and never shown again. */
  config: TObject;
  /** Settings of the installation, e.g. the app secret that several channels share. */
  installation: TObject;
  limits: ChannelLimits;

  /** Where events for this channel are addressed to. */
  route(config: ChannelConfig): { address: string; account?: string };
  /** The secret that signs this channel's webhooks, if it has its own; the installation's otherwise. */
  webhookSecret(settings: ChannelConfig | InstallationSettings): string | undefined;
  /** Answers the provider's GET when a webhook address is set up. */
  handshake?(
    query: Record<string, string | undefined>,
    settings: ChannelConfig | InstallationSettings,
  ): { status: number; body: string };
  /** Whether `request` was signed with `secret`; constant time, over the raw bytes. */
  verify(request: SignedRequest, secret: string): boolean;
  /** Pure: no I/O, never throws for any JSON value. */
  parse(body: unknown, receivedAt: number): InboundEvent[];
  /** What the channel can send is what stands here. */
  send: Partial<Record<MessageType, (message: OutgoingMessage, context: SendContext) => Promise<SendResult>>>;
  /** Tells the provider that a person's message was read. */
  markRead?(externalId: string, context: SendContext): Promise<void>;
  canSend(conditions: SendConditions): CanSend;
  /** Checks a new channel's credentials with the provider; throws SendError `credentials` when they are wrong. */
  setup?(context: SendContext): Promise<{ name?: string }>;
  /** Turns what a caller typed as a recipient into a person; undefined when it can be none. */
  person(to: string): Person | undefined;
}

/** Declares a channel plugin. The object is returned as it is: plugins are data. */
export function defineChannel<const T extends Omit<ChannelPlugin, 'kind' | 'apiVersion'>>(
  plugin: T,
): T & Pick<ChannelPlugin, 'kind' | 'apiVersion'> {
  return { ...plugin, kind: 'channel', apiVersion: 1 };
}
