import Type, { type Static } from 'typebox';

/** Bodies and answers of the simulator's own API under `/simulator`. */

const strict = { additionalProperties: false } as const;

export const NumberBody = Type.Object(
  {
    phoneNumberId: Type.String({ minLength: 1 }),
    displayPhoneNumber: Type.Optional(Type.String()),
    businessAccountId: Type.Optional(Type.String()),
    verifiedName: Type.Optional(Type.String()),
    webhookUrl: Type.String({ pattern: '^https?://' }),
    appSecret: Type.Optional(Type.String({ description: "Signs this number's webhooks; the simulator's otherwise" })),
    handshake: Type.Optional(Type.Boolean({ description: 'First sends the GET that Meta sends for a new address' })),
  },
  strict,
);
export type NumberBody = Static<typeof NumberBody>;

/** What a customer does with what is sent to them. */
export const Behaviour = Type.Union(
  [
    Type.Literal('reads', { description: 'sent, delivered, read' }),
    Type.Literal('never_reads', { description: 'sent, delivered' }),
    Type.Literal('only_reads', { description: 'sent, read: the chat was open' }),
    Type.Literal('offline', { description: 'sent' }),
    Type.Literal('blocked', { description: 'failed with 131026' }),
  ],
  // No default: it would be filled in, and undo what was told of a customer before.
);
export type Behaviour = Static<typeof Behaviour>;

export const CustomerBody = Type.Object(
  {
    phone: Type.Optional(Type.String({ description: 'With or without a plus' })),
    userId: Type.Optional(Type.String({ description: 'Business-scoped user id, e.g. US.123' })),
    waId: Type.Optional(Type.String({ description: "WhatsApp's own form of the phone, where it differs" })),
    name: Type.Optional(Type.String()),
    username: Type.Optional(Type.String()),
    hidesPhone: Type.Optional(Type.Boolean({ description: 'Webhooks carry the user id alone' })),
    behaviour: Type.Optional(Behaviour),
  },
  strict,
);
export type CustomerBody = Static<typeof CustomerBody>;

const Shuffle = Type.Number({ minimum: 0, maximum: 1, description: 'Share of the POSTs that leave out of order' });

/** How a list of webhooks goes out. */
const delivery = {
  duplicates: Type.Optional(Type.Integer({ minimum: 0, maximum: 100, description: 'Each POST this often again' })),
  shuffle: Type.Optional(Shuffle),
  delayMs: Type.Optional(Type.Integer({ minimum: 0 })),
  perSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'POSTs a second; all at once otherwise' })),
};

const RawMessage = Type.Record(Type.String(), Type.Unknown());

export const MessagesBody = Type.Object(
  {
    phoneNumberId: Type.String(),
    from: CustomerBody,
    text: Type.Optional(Type.String()),
    message: Type.Optional(RawMessage),
    timestamp: Type.Optional(Type.Integer({ description: 'Unix seconds; now otherwise' })),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    customers: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: "They come from so many customers, counted upwards from the one's phone",
      }),
    ),
    batch: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Messages in one POST; 1 otherwise' })),
    ...delivery,
  },
  strict,
);
export type MessagesBody = Static<typeof MessagesBody>;

export const BatchBody = Type.Object(
  {
    messages: Type.Array(
      Type.Object(
        {
          phoneNumberId: Type.String(),
          from: CustomerBody,
          text: Type.Optional(Type.String()),
          message: Type.Optional(RawMessage),
          timestamp: Type.Optional(Type.Integer()),
        },
        strict,
      ),
      { minItems: 1, maxItems: 100_000 },
    ),
    batch: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Messages in one POST; 1 otherwise' })),
    ...delivery,
  },
  strict,
);
export type BatchBody = Static<typeof BatchBody>;

export const RawBody = Type.Object(
  {
    phoneNumberId: Type.Optional(Type.String({ description: 'Whose address and secret' })),
    webhookUrl: Type.Optional(Type.String({ pattern: '^https?://' })),
    secret: Type.Optional(Type.String()),
    body: Type.Optional(Type.Unknown()),
    bodyText: Type.Optional(Type.String({ description: 'Exact text, also what is no JSON' })),
    signature: Type.Optional(Type.Union([Type.String(), Type.Null()], { description: 'null: no header' })),
  },
  strict,
);
export type RawBody = Static<typeof RawBody>;

export const RedeliverBody = Type.Object(
  {
    last: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'How many of the last POSTs; 1' })),
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    shuffle: Type.Optional(Shuffle),
  },
  strict,
);
export type RedeliverBody = Static<typeof RedeliverBody>;

export const FaultBody = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('meta_error', { description: "Meta's error `code`; nothing is sent" }),
      Type.Literal('http', { description: 'HTTP `status` with a body that is not Meta’s; nothing is sent' }),
      Type.Literal('hang', { description: 'No answer; nothing is sent' }),
      Type.Literal('drop_before', { description: 'The connection is cut; nothing is sent' }),
      Type.Literal('drop_after', { description: 'The message is accepted, then the connection is cut' }),
      Type.Literal('late', { description: 'Accepted at once, answered after `delayMs`' }),
      Type.Literal('unreadable', { description: 'Accepted; 200 with a body that is no JSON' }),
      Type.Literal('fails_later', { description: 'Accepted; then a failed status with `code`' }),
      Type.Literal('wrong_signature', { description: 'The next webhooks are signed with another secret' }),
    ]),
    next: Type.Optional(Type.Integer({ minimum: 1, description: 'How many times; 1' })),
    code: Type.Optional(Type.Integer()),
    status: Type.Optional(Type.Integer({ minimum: 300, maximum: 599 })),
    retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
    delayMs: Type.Optional(Type.Integer({ minimum: 0 })),
    phoneNumberId: Type.Optional(Type.String({ description: 'Only sends of this number' })),
  },
  strict,
);
export type FaultBody = Static<typeof FaultBody>;

const Range = Type.Object({ min: Type.Integer({ minimum: 0 }), max: Type.Integer({ minimum: 0 }) }, strict);

/** How the simulator behaves; every part can be changed while it runs. */
export const Settings = Type.Object(
  {
    closedWindow: Type.Union([Type.Literal('sync'), Type.Literal('async'), Type.Literal('off')], {
      description: '131047 as HTTP 400, as 200 and then a failed status (more usual), or no window at all',
    }),
    throughputPerSecond: Type.Integer({ minimum: 0, description: 'Sends a second of a number before 130429; 0: any' }),
    pairBurst: Type.Integer({ minimum: 0, description: 'Sends to one customer before 131056; 0: any' }),
    pairRefillMs: Type.Integer({ minimum: 1, description: 'After which one more may go to that customer' }),
    statuses: Type.Boolean({ description: 'Whether statuses are sent at all' }),
    statusDelaysMs: Type.Object({ sent: Range, delivered: Range, read: Range, played: Range }, strict),
    shuffleStatuses: Type.Boolean({ description: 'Statuses of one message come in random order' }),
    duplicateShare: Type.Number({ minimum: 0, maximum: 1, description: 'Share of webhooks that come twice' }),
    retryDelaysMs: Type.Array(Type.Integer({ minimum: 0 }), {
      description: 'Pauses before a failed webhook comes again',
    }),
    concurrency: Type.Integer({ minimum: 1, maximum: 512, description: 'Webhooks under way at once' }),
    timeoutMs: Type.Integer({ minimum: 1, description: 'How long a webhook may take' }),
  },
  strict,
);
export type Settings = Static<typeof Settings>;

export const SettingsBody = Type.Partial(Settings);
export type SettingsBody = Static<typeof SettingsBody>;

export interface QueuedAnswer {
  /** Message ids in the order given. */
  ids: string[];
  /** POSTs that will carry them, duplicates included. */
  posts: number;
}

/** One accepted send. */
export interface AcceptedSend {
  /** Grows by one; `GET /simulator/sends?after=<seq>` continues behind it. */
  seq: number;
  /** The message id that the simulator gave. */
  id: string;
  /** Epoch milliseconds of the simulator's clock. */
  at: number;
  phoneNumberId: string;
  /** What stood in `to` or `recipient`. */
  to: string;
  /** `biz_opaque_callback_data`. */
  reference: string | null;
  body: Record<string, unknown>;
}

export interface SendsAnswer {
  /** Accepted since the start or the last reset, also those no longer listed. */
  count: number;
  /** Refused since then. */
  refused: number;
  /** Messages that were marked read. */
  markedRead: string[];
  sends: AcceptedSend[];
}

/** One attempt to deliver a webhook. */
export interface Delivery {
  seq: number;
  at: number;
  url: string;
  /** 1 for the first attempt. */
  attempt: number;
  /** HTTP status; 0 when no answer came. */
  status: number;
  ms: number;
  bytes: number;
}

export interface WebhooksAnswer {
  /** Attempts that were answered with 200. */
  delivered: number;
  /** Other attempts. */
  failed: number;
  /** Webhooks given up after the last retry. */
  abandoned: number;
  /** Waiting, under way, or to be tried again. */
  pending: number;
  byStatus: Record<string, number>;
  deliveries: Delivery[];
}
