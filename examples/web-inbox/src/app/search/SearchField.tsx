import { Search as SearchIcon, X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { Button } from '../../inbox-kit/ui.js';

/** Between two keys of somebody who types. */
const pauseMs = 250;

export interface SearchFieldProps {
  text: string;
  onText(text: string): void;
  onLeave(): void;
  ref: RefObject<HTMLInputElement | null>;
}

/** What is typed becomes the question a moment later. */
export function SearchField({ text, onText, onLeave, ref }: SearchFieldProps) {
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState(text);
  // The address changed by other means: back, or another search.
  if (asked !== text) {
    setAsked(text);
    if (typed.trim() !== text) setTyped(text);
  }
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => onText(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <div className="relative">
      <SearchIcon
        aria-hidden="true"
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-text-muted"
      />
      <input
        ref={ref}
        type="search"
        value={typed}
        maxLength={500}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          if (event.key === 'Enter' && typed.trim() !== text) onText(typed.trim());
          else onLeave();
        }}
        aria-label="Search everywhere"
        placeholder="A word, a name, a number, “an exact phrase” …"
        className="h-10 w-full rounded-lg border border-border bg-background pr-9 pl-9.5 text-sm pointer-coarse:text-base focus-visible:border-accent [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <Button
          variant="ghost"
          size="sm"
          className="-translate-y-1/2 absolute top-1/2 right-1.5 px-1.5"
          aria-label="Clear the search"
          onClick={() => {
            setTyped('');
            onText('');
            ref.current?.focus();
          }}
        >
          <X aria-hidden="true" className="size-4" />
        </Button>
      )}
    </div>
  );
}
