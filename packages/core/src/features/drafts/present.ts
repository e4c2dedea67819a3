import { timestamp } from '../../kernel/schema.js';
import type { DraftRecord } from './repository.js';
import type { Draft } from './schema.js';

export function present(draft: DraftRecord): Draft {
  return { ...draft, updatedAt: timestamp(draft.updatedAt) };
}
