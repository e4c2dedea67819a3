import { UserRound } from 'lucide-react';
import { ChannelMark } from './channel-mark.js';
import { cx } from './class-names.js';

export type AvatarSize = 'xs' | 'sm' | 'md' | 'lg';

export interface AvatarProps {
  /** Whose; without one the picture of a person is drawn. */
  name: string | null | undefined;
  /** Decides the colour. */
  id: string;
  /** A channel's kind: its mark is drawn in the corner. */
  kind?: string | undefined;
  /** A colleague's presence; undefined draws no dot. */
  online?: boolean | 'away' | undefined;
  size?: AvatarSize | undefined;
}

const sizes: Readonly<Record<AvatarSize, string>> = {
  xs: 'size-5 text-[0.5625rem]',
  sm: 'size-7 text-2xs',
  md: 'size-9 text-xs',
  lg: 'size-14 text-lg',
};

/** White stands out against each of them, 4.5 : 1 at least. */
const colours = ['#1c64c8', '#0b7285', '#6741d9', '#b02a5b', '#9a4a00', '#2b7a3d', '#4a5a70', '#8a3ab0'] as const;

/** A person's initials on a colour that stays theirs. It is decoration: the name stands beside it. */
export function Avatar({ name, id, kind, online, size = 'md' }: AvatarProps) {
  const initials = initialsOf(name ?? '');
  return (
    <span aria-hidden="true" className={cx('relative inline-flex shrink-0 select-none', sizes[size])}>
      <span
        className="flex size-full items-center justify-center rounded-full font-semibold text-white tracking-wide"
        style={{ backgroundColor: colourOf(id) }}
      >
        {initials || <UserRound className="size-1/2" />}
      </span>
      {kind !== undefined && (
        <span className="-right-0.5 -bottom-0.5 absolute size-[44%] min-h-3.5 min-w-3.5 rounded-full ring-2 ring-surface">
          <ChannelMark kind={kind} size="fill" decorative />
        </span>
      )}
      {online !== undefined && kind === undefined && (
        <span
          className={cx(
            '-right-px -bottom-px absolute size-[30%] min-h-2 min-w-2 rounded-full ring-2 ring-surface',
            online === 'away' ? 'bg-warning' : online ? 'bg-success' : 'bg-border-strong',
          )}
        />
      )}
    </span>
  );
}

export function colourOf(id: string): string {
  let hash = 0;
  for (const sign of id) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  return colours[hash % colours.length] ?? colours[0];
}

/** The first letters of the first and the last word; nothing of numbers and signs. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last]
    .map((word) => (word ? (firstLetter.exec(word)?.[0] ?? '') : ''))
    .join('')
    .toLocaleUpperCase();
}

const firstLetter = /^\p{L}\p{M}*/u;
