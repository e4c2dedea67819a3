import { Doorway } from '../app/pages/Doorway.js';
import type { VisitedPage } from '../app/visits.js';
import { ForgotPassword } from './ForgotPassword.js';
import { InvitePage } from './InvitePage.js';
import { ResetPassword } from './ResetPassword.js';

/** The pages that mails lead to. */
export default function Visit({ visit: { page, token } }: { visit: VisitedPage }) {
  return (
    <Doorway>
      {page === 'invite' && <InvitePage key={token} token={token} />}
      {page === 'reset-password' && <ResetPassword key={token} token={token} />}
      {page === 'forgot-password' && <ForgotPassword />}
    </Doorway>
  );
}
