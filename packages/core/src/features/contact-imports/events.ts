import type { NewEvent } from '../../pipeline/event-log/event.js';
import type { ImportRecord } from './repository.js';

/** The import's state and counts, for whoever shows its progress. */
export function importUpdated(record: ImportRecord): NewEvent {
  const { id, version, state, rows, created, updated, unchanged, failed } = record;
  return {
    type: 'import.updated',
    entityId: id,
    entityVersion: version,
    changes: { state, rows, created, updated, unchanged, failed },
  };
}
