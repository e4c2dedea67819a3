import { PageFrame } from '../admin/frame/PageFrame.js';
import { PasswordCard } from './PasswordCard.js';
import { SecondFactorCard } from './second-factor/SecondFactorCard.js';

/** What keeps others out of the reader's account. */
export default function SecurityPage() {
  return (
    <PageFrame title="Security" says="What keeps others out of your account: the password, and a second factor.">
      <PasswordCard />
      <SecondFactorCard />
    </PageFrame>
  );
}
