import type { Answer, Invitation } from '@tims/sdk';
import { MailPlus, MailX } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { ConfirmDialog } from '../../forms/ConfirmDialog.js';
import { lengthOf, toast, useServerNow } from '../../inbox-kit/ui.js';
import { nameOfRole } from '../data/granting.js';
import { useRoles } from '../data/lists.js';
import { allOf } from '../frame/all-of.js';
import { Badge } from '../frame/Badge.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useRefresh, useResource } from '../frame/use-resource.js';
import { SentDialog } from './SentDialog.js';

/** Who is invited and has not come yet; nothing where there is nobody. */
export function InvitationList({ mayWrite }: { mayWrite: boolean }) {
  const { tims } = useAppInbox();
  const refresh = useRefresh();
  const roles = useRoles().data;
  const now = useServerNow();
  const invitations = useResource('invitations', () => allOf(tims.invitations.list({ limit: 100 }), 500));
  const [asking, setAsking] = useState<{ invitation: Invitation; what: 'resend' | 'withdraw' }>();
  const [sent, setSent] = useState<Answer<'invitations.resend'>>();
  const open = invitations.data?.filter(({ status }) => status !== 'accepted') ?? [];
  if (open.length === 0 && !asking && !sent) return null;

  return (
    <section className="mb-8">
      <h2 className="mb-2 font-medium text-text-muted text-xs">Invited</h2>
      <ResourceTable
        label="Invitations"
        rows={open}
        keyOf={({ id }) => id}
        nameOf={({ email }) => email}
        columns={[
          {
            title: 'E-mail',
            cell: ({ email, name, status }) => (
              <span className="block">
                <span className="flex flex-wrap items-center gap-x-2">
                  <span className="break-all font-medium">{email}</span>
                  {status === 'expired' && <Badge tone="warning">Too old</Badge>}
                </span>
                {name !== '' && (
                  <span dir="auto" className="block text-text-muted text-xs">
                    {name}
                  </span>
                )}
              </span>
            ),
          },
          { title: 'Role', from: 'sm', cell: ({ role }) => nameOfRole(roles, role) },
          {
            title: 'Link works',
            from: 'sm',
            cell: ({ status, expiresAt }) => (
              <span className="text-text-muted">
                {status === 'expired' ? 'No more' : `${lengthOf(Date.parse(expiresAt) - now)} more`}
              </span>
            ),
          },
        ]}
        actions={
          mayWrite
            ? (invitation) => [
                { label: 'Send again', icon: MailPlus, run: () => setAsking({ invitation, what: 'resend' }) },
                {
                  label: 'Withdraw',
                  icon: MailX,
                  danger: true,
                  run: () => setAsking({ invitation, what: 'withdraw' }),
                },
              ]
            : undefined
        }
        empty={{ title: 'Nobody is invited', text: '' }}
      />
      {asking?.what === 'resend' && (
        <ConfirmDialog
          title={`Send the invitation of ${asking.invitation.email} again?`}
          action="Send"
          calm
          run={async (options) => setSent(await tims.invitations.resend({ id: asking.invitation.id }, options))}
          onDone={() => refresh('invitations')}
          onClose={() => setAsking(undefined)}
        >
          A new mail goes out, with a new link for seven days. The link before works no more.
        </ConfirmDialog>
      )}
      {asking?.what === 'withdraw' && (
        <ConfirmDialog
          title={`Withdraw the invitation of ${asking.invitation.email}?`}
          action="Withdraw"
          run={(options) => tims.invitations.delete({ id: asking.invitation.id }, options)}
          onDone={() => {
            refresh('invitations');
            toast({ title: `${asking.invitation.email} is no longer invited` });
          }}
          onClose={() => setAsking(undefined)}
        >
          The link in their mail works no more.
        </ConfirmDialog>
      )}
      {sent && <SentDialog invitation={sent} onClose={() => setSent(undefined)} />}
    </section>
  );
}
