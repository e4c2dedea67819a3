import { MessagesSquare } from 'lucide-react';
import { keysOf } from '../inbox-kit/keys.js';
import { Kbd } from '../inbox-kit/ui.js';

const hints = [
  ['list.next', 'Next conversation'],
  ['list.open', 'Open it'],
  ['app.palette', 'Find anything'],
  ['app.help', 'All shortcuts'],
] as const;

/** Beside a list of which nothing is open yet. */
export function NothingOpen() {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-1 p-8 text-center">
      <span className="mb-3 flex size-14 items-center justify-center rounded-2xl bg-accent-soft text-accent">
        <MessagesSquare aria-hidden="true" className="size-7" strokeWidth={1.6} />
      </span>
      <h2 className="font-semibold text-base">No conversation is open</h2>
      <p className="text-text-muted">Choose one from the list.</p>
      <dl className="mt-6 grid grid-cols-[auto_auto] gap-x-6 gap-y-2 text-text-muted text-xs pointer-coarse:hidden">
        {hints.map(([id, said]) => (
          <div key={id} className="contents">
            <dt className="justify-self-start">{said}</dt>
            <dd className="justify-self-end">
              <Kbd keys={keysOf(id)[0] ?? ''} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
