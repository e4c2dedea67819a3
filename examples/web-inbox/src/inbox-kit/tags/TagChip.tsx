import type { Tag } from '@tims/sdk';
import { X } from 'lucide-react';
import { cx } from '../class-names.js';

/** A dot of each colour stands out against every surface; the words beside it are text. */
const dots: Readonly<Record<Tag['color'], string>> = {
  gray: 'bg-[#6b7686]',
  red: 'bg-[#d93a48]',
  orange: 'bg-[#d9691c]',
  amber: 'bg-[#c98a06]',
  green: 'bg-[#2f9a52]',
  teal: 'bg-[#12908e]',
  blue: 'bg-[#2b7de0]',
  indigo: 'bg-[#5a62d8]',
  purple: 'bg-[#8b54c9]',
  pink: 'bg-[#cf4a8d]',
};

export function TagDot({ color }: { color: Tag['color'] }) {
  return <span aria-hidden="true" className={cx('size-2 shrink-0 rounded-full', dots[color])} />;
}

export interface TagChipProps {
  tag: Tag;
  onRemove?: (() => void) | undefined;
  small?: boolean | undefined;
  /** Whether its button can be reached with the Tab key. */
  reachable?: boolean | undefined;
}

/** A tag that stands on something. */
export function TagChip({ tag, onRemove, small, reachable = true }: TagChipProps) {
  return (
    <span
      className={cx(
        'inline-flex min-w-0 max-w-40 items-center gap-1 rounded-full border border-border bg-surface font-medium text-2xs text-text',
        small ? 'h-4.5 px-1.5' : 'h-6 px-2',
        onRemove && 'pe-0.5',
      )}
    >
      <TagDot color={tag.color} />
      <bdi className="truncate">{tag.name}</bdi>
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove the tag ${tag.name}`}
          title="Remove the tag"
          tabIndex={reachable ? undefined : -1}
          onClick={onRemove}
          className="flex size-5 items-center justify-center rounded-full text-text-muted hover:bg-hover hover:text-text pointer-coarse:size-7"
        >
          <X aria-hidden="true" className="size-3" />
        </button>
      )}
    </span>
  );
}
