import type { Message } from '@tims/sdk';
import { cx } from '../../ui.js';

export interface ReactionsProps {
  reactions: Message['reactions'];
  side: 'inbound' | 'outbound';
}

/** What people answered with one sign, each sign once. */
export function Reactions({ reactions, side }: ReactionsProps) {
  const counts = new Map<string, number>();
  for (const { emoji } of reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  return (
    <ul aria-label="Reactions" className={cx('-mt-1.5 z-1 flex gap-1 px-2', side === 'outbound' && 'self-end')}>
      {[...counts].map(([emoji, count]) => (
        <li
          key={emoji}
          className="flex h-6 max-w-24 items-center gap-1 overflow-clip rounded-full border border-border bg-surface px-1.5 text-xs shadow-low"
        >
          <span className="truncate">{emoji}</span>
          {count > 1 && <span className="text-text-muted tabular-nums">{count}</span>}
        </li>
      ))}
    </ul>
  );
}
