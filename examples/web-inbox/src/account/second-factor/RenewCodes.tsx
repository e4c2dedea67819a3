import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Dialog } from '../../app/Dialog.js';
import { ShownOnce } from '../../forms/ShownOnce.js';
import { Button } from '../../inbox-kit/ui.js';
import { ProofDialog } from './ProofDialog.js';

export interface RenewCodesProps {
  /** There are new ones, whether or not they were looked at. */
  onRenewed(): void;
  onDone(): void;
  onClose(): void;
}

/** Ten new recovery codes in the place of those that there were. */
export function RenewCodes({ onRenewed, onDone, onClose }: RenewCodesProps) {
  const { tims } = useAppInbox();
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes) {
    return (
      <Dialog
        title="Your new recovery codes"
        description="Keep them where you find them without your telephone: each lets you in once in the place of a code. They are shown this once; those of before let nobody in any more."
      >
        <div className="flex flex-col gap-4">
          <ShownOnce label="Recovery codes" lines={codes} file="tims-recovery-codes.txt" />
          <div>
            <Button variant="primary" onClick={onDone}>
              I have kept them
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <ProofDialog
      title="New recovery codes"
      description="You get ten. Those that you have now end at once."
      action="Make them"
      send={(proof) => tims.me.renewRecoveryCodes(proof)}
      onDone={({ recoveryCodes }) => {
        setCodes(recoveryCodes);
        onRenewed();
      }}
      onClose={onClose}
    />
  );
}
