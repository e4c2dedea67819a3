/** Something written that is on its way, shown until the conversation itself shows it. */
export interface Outgoing {
  /** Names it; the idempotency key under which it is sent, however often that is tried. */
  readonly key: string;
  readonly conversationId: string;
  readonly text: string;
  /** The message that it quotes. */
  readonly replyTo?: string | undefined;
  /**
   * The newest message that was shown when it was written: it can only be one that comes after it, and what somebody else
   * has answered since is told before it is sent (`conversation_answered`).
   */
  readonly after?: string | undefined;
  /** It is said although somebody else has answered. */
  readonly force?: true | undefined;
  /** By this machine's clock. */
  readonly createdAt: string;
  /**
   * `queued` until it is its turn and the server can be reached; `sent` once the server has it, under `messageId`;
   * `refused` when sending it again as it is cannot help.
   */
  readonly state: 'queued' | 'sending' | 'sent' | 'refused';
  readonly messageId?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string; readonly help?: string | undefined } | undefined;
}
