import type { Knex } from 'knex';
import type { NewActivity } from '../features/activities/schema.js';
import type { Installation } from '../installation.js';
import type { Actor } from '../kernel/actor.js';
import type { NewEvent } from '../pipeline/event-log/event.js';

/** What a read needs: who asks, in which organization, and where to read. */
export interface ReadContext {
  readonly installation: Installation;
  readonly organization: string;
  readonly actor: Actor;
  /** The transaction, or the reader outside one. The root connection inside a transaction would wait for itself. */
  readonly trx: Knex;
}

/** What a change needs: a read's context inside a transaction, and the log that it appends to. */
export interface Context extends ReadContext {
  /** Collected, numbered and inserted as the last thing before commit. */
  append(...events: readonly NewEvent[]): void;
  /** Notes what somebody did, in the chain that can be verified. Actions do so by themselves. */
  record(activity: NewActivity): void;
  /**
   * Sends statements whose answers nobody waits for; the commit does. A connection runs what it is sent in order, so a
   * later statement sees them. This is what a transaction's time is made of: each wait is a way there and back.
   */
  write(...statements: Promise<unknown>[]): void;
}
