import Mysql2Client from 'knex/lib/dialects/mysql2/index.js';
import { classify } from './errors.js';

/** What is known of one connection. knex makes a transaction's client without a constructor, so it is kept beside. */
interface Lane {
  /** Settles when everything sent so far is answered. */
  last: Promise<void>;
  /** A transaction was begun on it and not ended by the one who began it. */
  begun: boolean;
  /** Why the server ended that transaction by itself. */
  lost: unknown;
}

const lanes = new WeakMap<object, Lane>();

/**
 * knex's mysql2 dialect, for callers that send statements without waiting for the answers of the ones before.
 *
 * A deadlock makes the server roll back the whole transaction. What was sent behind the statement that lost would then
 * be committed one by one, so it is refused until the caller has ended the transaction.
 */
export class LaneClient extends Mysql2Client {
  override _query(connection: object, query: unknown): Promise<unknown> {
    const lane = laneOf(connection);
    const word = transactionWord(query);
    const answer = lane.last.then(() => {
      if (lane.lost !== undefined && word !== 'rollback') throw lane.lost;
      if (word !== undefined) lane.begun = word === 'begin';
      if (word !== undefined) lane.lost = undefined;
      return super._query(connection, query);
    });
    lane.last = answer.then(nothing, (error: unknown) => {
      if (lane.begun && classify(error) === 'retry') lane.lost = error;
    });
    return answer;
  }
}

function laneOf(connection: object): Lane {
  const known = lanes.get(connection);
  if (known) return known;
  const lane: Lane = { last: Promise.resolve(), begun: false, lost: undefined };
  lanes.set(connection, lane);
  return lane;
}

/** The statements with which knex begins and ends a transaction; savepoints are ordinary statements. */
function transactionWord(query: unknown): 'begin' | 'commit' | 'rollback' | undefined {
  const sql = typeof query === 'object' && query !== null && 'sql' in query ? query.sql : query;
  if (sql === 'BEGIN;') return 'begin';
  if (sql === 'COMMIT;') return 'commit';
  if (sql === 'ROLLBACK') return 'rollback';
  return undefined;
}

const nothing = () => undefined;
