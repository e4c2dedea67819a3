import type { SearchHit } from '@tims/sdk';
import type { ReactNode } from 'react';

/** A text with what matched in it. It stays text, whatever a customer wrote. */
export function Marked({ excerpt, ranges }: Pick<SearchHit, 'excerpt' | 'ranges'>) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const { start, length } of ranges) {
    if (start < end) continue;
    parts.push(excerpt.slice(end, start));
    end = start + length;
    parts.push(
      <mark key={start} className="rounded-sm bg-warning-soft px-px font-medium text-text">
        {excerpt.slice(start, end)}
      </mark>,
    );
  }
  parts.push(excerpt.slice(end));
  return parts;
}
