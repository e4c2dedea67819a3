import type { ReactNode } from 'react';
import { Wordmark } from '../Wordmark.js';

/** What stands around everything that is done before somebody is signed in. */
export function Doorway({ children }: { children: ReactNode }) {
  return (
    <main className="grid h-full overflow-y-auto bg-surface lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="relative hidden flex-col justify-between overflow-hidden bg-brand p-12 text-on-brand lg:flex xl:p-16">
        <Wordmark light />
        <Claim className="text-5xl leading-[1.12] xl:text-6xl" />
        <p className="max-w-sm text-balance text-on-brand/90">
          Every customer, whatever they write with, in front of the whole team.
        </p>
        <Conversations />
      </div>
      <div className="flex flex-col">
        <div className="bg-brand px-6 py-8 text-on-brand lg:hidden">
          <Wordmark light />
          <Claim className="mt-6 text-3xl leading-tight" />
        </div>
        <div className="m-auto w-full max-w-sm px-6 py-10">{children}</div>
      </div>
    </main>
  );
}

function Claim({ className }: { className: string }) {
  return (
    <h1 className={`font-semibold tracking-tight ${className}`}>
      <span className="block">All Conversations.</span>
      <span className="block">One Team.</span>
      <span className="block">One Inbox.</span>
    </h1>
  );
}

/** Bubbles that come together, as decoration. */
function Conversations() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 400 400"
      className="-right-24 -top-16 absolute w-[30rem] text-white/10"
      fill="currentColor"
    >
      <rect x="40" y="60" width="210" height="76" rx="26" />
      <rect x="150" y="158" width="210" height="76" rx="26" />
      <rect x="70" y="256" width="150" height="76" rx="26" />
      <circle cx="300" cy="92" r="22" />
      <circle cx="96" cy="198" r="22" />
      <circle cx="272" cy="292" r="22" />
    </svg>
  );
}
