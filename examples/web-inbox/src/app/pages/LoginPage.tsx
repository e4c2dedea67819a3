import { useState } from 'react';
import { useSession } from '../app-inbox.js';
import { asAddress, lastServer, ownServer } from '../session/server-address.js';
import { Wordmark } from '../Wordmark.js';
import { Field, fieldClass } from './Field.js';
import { SignInForm } from './SignInForm.js';

/** The way in. */
export function LoginPage({ ended }: { ended: boolean }) {
  const session = useSession();
  const [address, setAddress] = useState(lastServer);
  const [choosing, setChoosing] = useState(address !== ownServer);

  const url = (choosing && asAddress(address)) || ownServer;

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
        <div className="m-auto w-full max-w-sm px-6 py-10">
          <h2 className="mb-1 font-semibold text-2xl tracking-tight">Sign in</h2>
          <p className="mb-7 text-text-muted">
            {ended
              ? 'Your session ended. Sign in to go on; what you had typed is kept.'
              : 'With the e-mail that you were invited by.'}
          </p>
          {choosing && (
            <div className="mb-4">
              <Field label="Server">
                <input
                  type="text"
                  inputMode="url"
                  autoComplete="url"
                  spellCheck={false}
                  value={address}
                  placeholder="tims.example.com"
                  onChange={(event) => setAddress(event.target.value)}
                  className={fieldClass}
                />
              </Field>
            </div>
          )}
          <SignInForm elsewhere={url !== ownServer} onSignIn={(credentials) => session.login(credentials, url)} />
          <button
            type="button"
            aria-expanded={choosing}
            onClick={() => setChoosing(!choosing)}
            className="mt-5 rounded text-text-muted text-xs underline-offset-4 hover:text-text hover:underline"
          >
            {choosing ? 'Use the server of this page' : 'Another server'}
          </button>
        </div>
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
