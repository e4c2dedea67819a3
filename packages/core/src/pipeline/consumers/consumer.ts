import type { Context, ReadContext } from '../../database/context.js';
import type { LoggedEvent } from '../event-log/event.js';

/** Something that follows the log: at least once, in order, each batch in the transaction that moves its cursor. */
export interface Consumer<Prepared = unknown> {
  /** Names its cursor; never changes. */
  name: string;
  /** What can be read and worked out before the transaction: a database may have one writer for all. */
  prepare?(ctx: ReadContext, events: readonly LoggedEvent[]): Promise<Prepared>;
  handle(ctx: Context, events: readonly LoggedEvent[], prepared: Prepared): Promise<void>;
}
