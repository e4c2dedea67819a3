import { ArrowDown } from 'lucide-react';

/** Leads to the newest message, and says how many came while the reader was further up. */
export function NewMessages({ count, onClick }: { count: number; onClick: () => void }) {
  const words = count === 0 ? undefined : `${count.toLocaleString()} new ${count === 1 ? 'message' : 'messages'}`;
  return (
    <div className="-translate-x-1/2 absolute bottom-3 left-1/2 z-10">
      <button
        type="button"
        aria-label={words ? undefined : 'Go to the newest message'}
        onClick={onClick}
        className={
          words
            ? 'flex h-8 animate-rise items-center gap-1.5 rounded-full bg-brand px-3 font-medium text-on-brand text-xs shadow-raised hover:brightness-110'
            : 'flex size-9 animate-rise items-center justify-center rounded-full border border-border bg-surface-raised text-text-muted shadow-raised hover:text-text'
        }
      >
        <ArrowDown aria-hidden="true" className="size-4" />
        {words}
      </button>
    </div>
  );
}
