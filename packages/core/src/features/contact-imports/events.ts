import type { Context } from '../../database/context.js';
import type { ImportRecord } from './repository.js';

/** The import's state and counts, for whoever shows its progress. */
export function tell(ctx: Context, record: ImportRecord): void {
  const { id, version, state, rows, created, updated, unchanged, failed } = record;
  ctx.append({
    type: 'import.updated',
    entityId: id,
    entityVersion: version,
    changes: { state, rows, created, updated, unchanged, failed },
  });
}
