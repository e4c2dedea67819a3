import type { Context } from '../../database/context.js';
import type { LoggedEvent } from '../event-log/event.js';

/** Something that follows the log: at least once, in order, each batch in the transaction that moves its cursor. */
export interface Consumer {
  /** Names its cursor; never changes. */
  name: string;
  handle(ctx: Context, events: readonly LoggedEvent[]): Promise<void>;
}
