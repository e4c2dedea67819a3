import { X } from 'lucide-react';
import type { ReactNode } from 'react';

export interface ChipProps {
  title: string;
  /** What it is set to; empty where the title says it all. */
  label: string;
  onChange?: (() => void) | undefined;
  onRemove(): void;
  children?: ReactNode;
}

/** A filter that is set: a press changes it, the cross takes it off. */
export function Chip({ title, label, onChange, onRemove, children }: ChipProps) {
  const said = label === '' ? title : `${title}: ${label}`;
  return (
    <span className="inline-flex h-7 max-w-full items-center rounded-full border border-accent bg-accent-soft text-accent text-xs pointer-coarse:h-9">
      {children ?? (
        <button
          type="button"
          onClick={onChange ?? onRemove}
          title={onChange ? `Change ${said}` : said}
          className="min-w-0 truncate rounded-full py-1 pl-2.5 font-medium"
        >
          {label === '' ? (
            title
          ) : (
            <>
              <span className="font-normal">{title}:</span> <bdi>{label}</bdi>
            </>
          )}
        </button>
      )}
      <button
        type="button"
        aria-label={`Remove the filter ${said}`}
        onClick={onRemove}
        className="flex h-full items-center rounded-full pr-2 pl-1 hover:text-text"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
