import { timestamp } from '../../kernel/schema.js';
import type { FollowUpRecord } from './repository.js';
import type { FollowUp } from './schema.js';

export function present({ remindAt: _remindAt, ...one }: FollowUpRecord, now: number): FollowUp {
  return {
    ...one,
    due: one.doneAt === null && one.dueAt <= now,
    dueAt: timestamp(one.dueAt),
    doneAt: timestamp(one.doneAt),
    createdAt: timestamp(one.createdAt),
  };
}
