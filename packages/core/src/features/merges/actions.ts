import { action } from '../../database/action.js';
import { fail } from '../../kernel/errors.js';
import { unlink } from './actions-contacts.js';
import { part } from './actions-conversations.js';
import { moveOn } from './actions-moving.js';
import { demandSeen, present } from './reads.js';
import { lockMerge, setUndone } from './repository.js';
import type { Merge } from './schema.js';

/** Takes a link of contacts or a merge of conversations back. */
export const undoMerge = action('merges.undo', async (ctx, { id }: { id: string }): Promise<Merge> => {
  const merge = await lockMerge(ctx, id);
  await demandSeen(ctx, merge.kind, merge.intoId);
  if (merge.undoneAt !== null) fail('merge_refused', 'It was undone already');
  const undone = { ...merge, undoneAt: ctx.installation.clock.now() };
  if (undone.kind === 'contact') await unlink(ctx, undone);
  else await part(ctx, undone);
  await setUndone(ctx, id, undone.undoneAt);
  await moveOn(ctx, undone);
  return present(undone);
});
