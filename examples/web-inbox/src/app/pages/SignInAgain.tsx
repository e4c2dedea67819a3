import { Button } from '../../inbox-kit/ui.js';
import { useAppInbox, useSession } from '../app-inbox.js';
import { Dialog } from '../Dialog.js';
import { SignInForm } from './SignInForm.js';

/** The session ended by itself: over the inbox, which stays as it is. */
export default function SignInAgain({ url }: { url: string }) {
  const { me } = useAppInbox();
  const session = useSession();
  return (
    <Dialog
      title="Sign in again"
      description="Your session ended. Everything stays as it is: drafts, what is on its way, and where you are."
    >
      <SignInForm email={me.email} onSignIn={(credentials) => session.login(credentials, url)} />
      <Button variant="ghost" size="sm" className="mt-3 w-full" onClick={() => void session.logout()}>
        Not {me.name}? Sign out
      </Button>
    </Dialog>
  );
}
