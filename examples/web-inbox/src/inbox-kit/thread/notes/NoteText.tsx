import { useMemo } from 'react';
import { useColleagues } from '../../inbox.js';
import { pieces } from './mentions.js';

/** What a note says, with those whom it mentions marked. */
export function NoteText({ text, mentions }: { text: string; mentions: readonly string[] }) {
  const colleagues = useColleagues();
  const parts = useMemo(() => {
    const people = mentions.flatMap((id) => colleagues.get(id) ?? []);
    let at = 0;
    return pieces(text, people).map((piece) => {
      const start = at;
      at += piece.text.length;
      return { ...piece, start };
    });
  }, [text, mentions, colleagues]);
  return (
    <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {parts.map(({ text: said, name, start }) =>
        name === undefined ? (
          said
        ) : (
          <span key={start} className="rounded bg-accent-soft px-0.5 font-medium text-accent">
            {said}
          </span>
        ),
      )}
    </p>
  );
}
