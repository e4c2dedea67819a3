import type { Answer } from '@tims/sdk';
import { Link2Off, ServerOff } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { errorText } from '../inbox-kit/error-text.js';
import { Button, Spinner } from '../inbox-kit/ui.js';
import { AcceptForm } from './AcceptForm.js';
import { isLinkInvalid, visitor } from './client.js';
import { NextStep, Saying } from './parts.js';

type Looked =
  | { readonly state: 'looking' }
  | { readonly state: 'invalid' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'found'; readonly invitation: Answer<'invitations.preview'> };

/** Who is invited where, and the way in. */
export function InvitePage({ token }: { token: string }) {
  const [looked, setLooked] = useState<Looked>(token === '' ? { state: 'invalid' } : { state: 'looking' });
  const look = useCallback(async () => {
    setLooked({ state: 'looking' });
    try {
      setLooked({ state: 'found', invitation: await visitor().invitations.preview({ token }) });
    } catch (error) {
      setLooked(isLinkInvalid(error) ? { state: 'invalid' } : { state: 'failed', error });
    }
  }, [token]);
  useEffect(() => {
    if (token !== '') void look();
  }, [token, look]);

  switch (looked.state) {
    case 'looking':
      return <Spinner label="Looking at your invitation" className="text-accent" />;
    case 'failed': {
      const { title, help } = errorText(looked.error);
      return (
        <Saying
          title={title}
          icon={ServerOff}
          tone="warning"
          action={
            <Button variant="primary" size="lg" onClick={() => void look()}>
              Try again
            </Button>
          }
        >
          <p>{help}</p>
        </Saying>
      );
    }
    case 'invalid':
      return (
        <Saying
          title="This invitation does not work"
          icon={Link2Off}
          tone="warning"
          action={<NextStep to="/">Sign in</NextStep>}
        >
          <p>It was used already, is older than seven days, was withdrawn, or a part of the link is missing.</p>
          <p>Have you accepted it before? Then sign in. Otherwise ask whoever invited you to send it again.</p>
        </Saying>
      );
    case 'found':
      return (
        <AcceptForm token={token} invitation={looked.invitation} onInvalid={() => setLooked({ state: 'invalid' })} />
      );
  }
}
