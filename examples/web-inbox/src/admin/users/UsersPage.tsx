import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Button } from '../../inbox-kit/ui.js';
import { PageFrame } from '../frame/PageFrame.js';
import { CreateUserForm } from './CreateUserForm.js';
import { InvitationList } from './InvitationList.js';
import { InviteDialog } from './InviteDialog.js';
import { UserList } from './UserList.js';

/** Who works here, who is invited, and how they get in. */
export default function UsersPage() {
  const { me } = useAppInbox();
  const [adding, setAdding] = useState<'invite' | 'create'>();
  const mayWrite = me.permissions['users:write'] !== undefined;
  return (
    <PageFrame
      title="Users"
      says="Who works here, what they are, and in which teams."
      readOnly={mayWrite ? undefined : 'Your role reads the list of users. Administrators invite and change them.'}
      action={
        mayWrite && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setAdding('create')}>Add without a mail</Button>
            <Button variant="primary" onClick={() => setAdding('invite')}>
              <UserPlus aria-hidden="true" className="size-4" /> Invite
            </Button>
          </div>
        )
      }
    >
      <InvitationList mayWrite={mayWrite} />
      <UserList mayWrite={mayWrite} />
      {adding === 'invite' && <InviteDialog onClose={() => setAdding(undefined)} />}
      {adding === 'create' && <CreateUserForm onClose={() => setAdding(undefined)} />}
    </PageFrame>
  );
}
