import { useQueryClient } from '@tanstack/react-query';
import type { Contact } from '@tims/sdk';
import { Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useInbox, useOpenConversation } from '../inbox.js';
import { TagChip } from '../tags/TagChip.js';
import { useTags } from '../tags/use-tags.js';
import { TagPicker } from '../thread/tags/TagPicker.js';
import { useTaggingBy } from '../thread/tags/use-tagging.js';

export interface ContactTagsProps {
  contact: Contact;
  conversationId: string;
  mayWrite: boolean;
}

/** The tags of the person, whatever is talked about with them. */
export function ContactTags({ contact, conversationId, mayWrite }: ContactTagsProps) {
  const { tims, me } = useInbox();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const teamId = useOpenConversation(conversationId)?.conversation.teamId ?? me.primaryTeamId ?? '';
  const known = useTags();
  const tags = contact.tags.flatMap((id) => known.get(id) ?? []);
  const { id } = contact;
  const tagging = useTaggingBy(async (tagId, on) => {
    const saved = await (on ? tims.contacts.tag({ id, tagId }) : tims.contacts.untag({ id, tagId }));
    queries.setQueryData<Contact>(['contact', id], (before) =>
      before && before.version > saved.version ? before : saved,
    );
  });
  if (tags.length === 0 && !mayWrite) return null;
  return (
    <div className="mt-2 flex max-w-full flex-wrap justify-center gap-1">
      {tags.map((tag) => (
        <TagChip key={tag.id} tag={tag} onRemove={mayWrite ? () => tagging.toggle(tag.id, false) : undefined} />
      ))}
      {mayWrite && (
        <TagPicker
          open={open}
          onOpenChange={setOpen}
          label="Tags of the contact"
          teamId={teamId}
          tags={contact.tags}
          tagging={tagging}
        >
          <Popover.Trigger
            aria-label="Tag the contact"
            className="inline-flex h-6 items-center gap-1 rounded-full px-1.5 font-medium text-2xs text-text-muted hover:bg-hover hover:text-text pointer-coarse:h-11"
          >
            <Plus aria-hidden="true" className="size-3" />
            Tag
          </Popover.Trigger>
        </TagPicker>
      )}
    </div>
  );
}
