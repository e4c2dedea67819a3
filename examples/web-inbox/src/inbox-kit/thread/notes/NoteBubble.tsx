import { memo } from 'react';
import { NoteCard, type NoteCardProps } from './NoteCard.js';

/** What colleagues tell each other among the messages: it never looks like one. */
export const NoteBubble = memo(function NoteBubble(props: Omit<NoteCardProps, 'listed'>) {
  return (
    <div className="flex flex-col items-end px-4 pt-2.5">
      <NoteCard {...props} />
    </div>
  );
});
