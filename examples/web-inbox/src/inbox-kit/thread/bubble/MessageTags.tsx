import type { Message } from '@tims/sdk';
import { Tag } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { TagChip } from '../../tags/TagChip.js';
import { useTags } from '../../tags/use-tags.js';
import { cx } from '../../ui.js';
import { TagPicker } from '../tags/TagPicker.js';
import { useMessageTagging } from '../tags/use-tagging.js';

export interface MessageTagsProps {
  message: Message;
  mayTag: boolean;
  /** The arrow keys stand on the message. */
  active: boolean;
}

/** The tags of a message, under it. */
export function MessageTags({ message, mayTag, active }: MessageTagsProps) {
  const all = useTags();
  const tagging = useMessageTagging(message);
  const tags = message.tags.flatMap((id) => all.get(id) ?? []);
  if (tags.length === 0) return null;
  return (
    <ul aria-label="Tags" className="mt-1 flex max-w-full flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag.id} className="flex min-w-0">
          <TagChip
            tag={tag}
            small
            reachable={active}
            onRemove={mayTag ? () => tagging.toggle(tag.id, false) : undefined}
          />
        </li>
      ))}
    </ul>
  );
}

/** Opens the tags of a message, beside it. */
export function TagTool({ message, teamId, active }: { message: Message; teamId: string; active: boolean }) {
  const [open, setOpen] = useState(false);
  const button = (
    <button
      type="button"
      aria-label="Tag this message"
      title="Tag this message"
      aria-haspopup="dialog"
      tabIndex={active ? 0 : -1}
      onClick={() => setOpen(true)}
      className={cx(
        'flex size-7 shrink-0 items-center justify-center rounded-full text-text-muted transition-opacity duration-100',
        'hover:bg-hover hover:text-text focus-visible:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-60',
        active || open ? 'opacity-100' : 'opacity-0',
      )}
    >
      <Tag aria-hidden="true" className="size-3.5" />
    </button>
  );
  // A thousand messages have a button each; only the one that is used has a menu.
  if (!open) return button;
  return <Menu message={message} teamId={teamId} button={button} onClose={() => setOpen(false)} />;
}

interface MenuProps {
  message: Message;
  teamId: string;
  button: React.ReactElement;
  onClose(): void;
}

function Menu({ message, teamId, button, onClose }: MenuProps) {
  const tagging = useMessageTagging(message);
  return (
    <TagPicker
      open
      onOpenChange={(open) => !open && onClose()}
      label="Tags of the message"
      teamId={teamId}
      tags={message.tags}
      tagging={tagging}
    >
      <Popover.Anchor asChild>{button}</Popover.Anchor>
    </TagPicker>
  );
}
