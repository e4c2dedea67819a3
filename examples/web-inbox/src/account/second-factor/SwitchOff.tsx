import { useAppInbox } from '../../app/app-inbox.js';
import { ProofDialog } from './ProofDialog.js';

/** Takes the second factor away. */
export function SwitchOff({ required, onDone, onClose }: { required: boolean; onDone(): void; onClose(): void }) {
  const { tims } = useAppInbox();
  return (
    <ProofDialog
      title="Switch off the second factor"
      description={
        required
          ? 'Your organization demands one: you can do nothing here until you have set up another.'
          : 'From then on your password alone lets you in.'
      }
      action="Switch it off"
      send={(proof) => tims.me.disableSecondFactor(proof)}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
