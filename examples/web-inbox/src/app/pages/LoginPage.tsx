import { useState } from 'react';
import { useSession } from '../app-inbox.js';
import { Link } from '../router.js';
import { asAddress, lastServer, ownServer } from '../session/server-address.js';
import { Doorway } from './Doorway.js';
import { Field, fieldClass } from './Field.js';
import { SignInForm } from './SignInForm.js';

/** The way in. */
export function LoginPage({ ended }: { ended: boolean }) {
  const session = useSession();
  const [address, setAddress] = useState(lastServer);
  const [choosing, setChoosing] = useState(address !== ownServer);

  const url = (choosing && asAddress(address)) || ownServer;

  return (
    <Doorway>
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
      {url === ownServer && (
        <Link
          to="/forgot-password"
          className="mt-5 block w-fit rounded text-text-muted text-xs underline-offset-4 hover:text-text hover:underline"
        >
          Forgot your password?
        </Link>
      )}
      <button
        type="button"
        aria-expanded={choosing}
        onClick={() => setChoosing(!choosing)}
        className="mt-3 rounded text-text-muted text-xs underline-offset-4 hover:text-text hover:underline"
      >
        {choosing ? 'Use the server of this page' : 'Another server'}
      </button>
    </Doorway>
  );
}
