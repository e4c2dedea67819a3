import { useState } from 'react';
import type { Row } from './rows.js';

/** How many messages of others came below since the reader left the end. */
export function useArrivals(rows: readonly Row[], atEnd: boolean): number {
  const newest = rows.at(-1)?.id;
  const [seen, setSeen] = useState(newest);
  if (atEnd && seen !== newest) setSeen(newest);
  if (atEnd) return 0;
  const index = rows.findLastIndex(({ id }) => id === seen);
  return rows.slice(index + 1).filter(({ item }) => item.type === 'message' && item.message.direction === 'inbound')
    .length;
}
