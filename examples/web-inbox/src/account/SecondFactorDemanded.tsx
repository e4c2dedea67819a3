import { useEffect } from 'react';
import { useAppInbox, useSession } from '../app/app-inbox.js';
import { Wordmark } from '../app/Wordmark.js';
import { Button } from '../inbox-kit/ui.js';
import { SetUp } from './second-factor/SetUp.js';
import { useSecondFactor } from './second-factor/use-second-factor.js';

/** The organization lets nobody work without a second factor: the way there, and nothing else. */
export default function SecondFactorDemanded() {
  const { me } = useAppInbox();
  const session = useSession();
  const { status } = useSecondFactor();
  // It was set up in another window, or is demanded no longer.
  const passed = status !== undefined && (status.enabled || !status.required);
  useEffect(() => {
    if (passed) session.secondFactorDone();
  }, [passed, session]);

  return (
    <main className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto flex w-full max-w-2xl flex-col px-5 py-8 sm:px-8 sm:py-14">
        <Wordmark />
        <h1 className="mt-10 text-balance font-semibold text-2xl tracking-tight">Set up your second factor</h1>
        <p className="mt-2 mb-8 max-w-xl text-pretty text-text-muted">
          {me.organization.name} lets you in once your account has one: a code of an app on your telephone, beside the
          password. It takes two minutes. What you had typed is kept.
        </p>
        <SetUp onDone={session.secondFactorDone} />
        <p className="mt-12 flex items-center gap-3 text-text-muted text-xs">
          Not {me.name}?
          <Button variant="ghost" size="sm" onClick={() => void session.logout()}>
            Sign out
          </Button>
        </p>
      </div>
    </main>
  );
}
