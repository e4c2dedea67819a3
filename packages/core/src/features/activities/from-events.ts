import type { ConversationScalars, NewEvent } from '../../pipeline/event-log/event.js';
import type { ActivityData } from './schema.js';

/** The most entities that one activity names; a bulk action touches hundreds. */
const mostNamed = 500;

/** What an action changed, from what it appended: scalars before and after, and the ids of everything it touched. */
export function activityData(events: readonly NewEvent[]): ActivityData {
  const [first, ...others] = events;
  const touched = [...new Set(others.map((event) => event.conversationId ?? event.entityId))];
  const further = touched.filter((id) => id !== first?.entityId && id !== first?.conversationId);
  return {
    ...moved(first?.before, first?.after),
    ...first?.changes,
    ...(further.length > 0 ? { also: further.slice(0, mostNamed) } : {}),
  };
}

const told = ['teamId', 'assigneeId', 'lifecycle', 'handler'] as const;

function moved(before: ConversationScalars | null | undefined, after: ConversationScalars | undefined): ActivityData {
  if (!before || !after) return {};
  const changed = told.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(changed.map((name) => [name, [before[name], after[name]]]));
}
