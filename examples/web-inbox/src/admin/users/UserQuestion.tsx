import type { User } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { ConfirmDialog } from '../../forms/ConfirmDialog.js';
import { toast } from '../../inbox-kit/ui.js';
import { useRefresh } from '../frame/use-resource.js';

export type Question = 'deactivate' | 'activate' | 'second-factor';

/** Asks before something is done to somebody. */
export function UserQuestion({ user, question, onClose }: { user: User; question: Question; onClose(): void }) {
  const { tims } = useAppInbox();
  const refresh = useRefresh();
  const { id, name } = user;
  const done = (title: string) => () => {
    refresh('users');
    toast({ title });
  };
  switch (question) {
    case 'deactivate':
      return (
        <ConfirmDialog
          title={`Deactivate ${name}?`}
          action="Deactivate"
          run={(options) => tims.users.update({ id, status: 'deactivated' }, options)}
          onDone={done(`${name} is deactivated`)}
          onClose={onClose}
        >
          {name} is signed out everywhere within seconds, and their API keys end. Their name stays on what they wrote,
          and what they have assigned stays assigned. You can activate them again.
        </ConfirmDialog>
      );
    case 'activate':
      return (
        <ConfirmDialog
          title={`Activate ${name}?`}
          action="Activate"
          calm
          run={(options) => tims.users.update({ id, status: 'active' }, options)}
          onDone={done(`${name} is active again`)}
          onClose={onClose}
        >
          {name} can sign in again with the password that they had.
        </ConfirmDialog>
      );
    case 'second-factor':
      return (
        <ConfirmDialog
          title={`Take the second factor of ${name} away?`}
          action="Take it away"
          run={(options) => tims.users.resetSecondFactor({ id }, options)}
          onDone={done(`${name} has no second factor`)}
          onClose={onClose}
        >
          For somebody who lost the telephone and the recovery codes. From then on the password alone lets {name} in,
          until they set up another.
        </ConfirmDialog>
      );
  }
}
