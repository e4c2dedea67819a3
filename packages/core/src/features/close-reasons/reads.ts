import type { ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { listCloseReasonRows } from './repository.js';
import type { CloseReason } from './schema.js';

/** The reasons that the conversations of a team can be closed with: everybody's and its own; all where no team is given. */
export async function listCloseReasons(ctx: ReadContext, teamId?: string): Promise<CloseReason[]> {
  const reasons = await listCloseReasonRows(ctx);
  return teamId === undefined ? reasons : reasons.filter((reason) => isFor(reason, teamId));
}

/** An organization's reasons, to check many closings against. */
export interface CloseReasons {
  /** The key that is written down for what was given: a reason's key or name. Throws `close_reason_unknown`. */
  demand(given: string, teamId: string): string;
}

export async function readCloseReasons(ctx: ReadContext): Promise<CloseReasons> {
  const all = await listCloseReasonRows(ctx);
  return {
    demand(given, teamId) {
      const own = all.filter((reason) => isFor(reason, teamId));
      // Whoever took away the last one lets people write what they like.
      if (own.length === 0) return given;
      const wanted = given.trim().toLowerCase();
      const found = own.find(({ key, name }) => key === wanted || name.toLowerCase() === wanted);
      return found?.key ?? fail('close_reason_unknown', `The team has: ${own.map(({ key }) => key).join(', ')}`);
    },
  };
}

function isFor(reason: CloseReason, teamId: string): boolean {
  return reason.teamId === null || reason.teamId === teamId;
}
