import type { Contact } from '@tims/sdk';
import { CopyButton } from '../thread/CopyButton.js';
import { ChannelMark, RelativeTime } from '../ui.js';
import { useConversationsOf } from './use-conversations-of.js';

type Identity = Contact['identities'][number];

const keyNames: Readonly<Record<string, string>> = {
  phone: 'Phone',
  user_id: 'User id',
  wa_id: 'WhatsApp id',
  email: 'E-mail',
};

/** How each channel knows a person, and when they wrote there last. */
export function Identities({ contactId, identities }: { contactId: string; identities: Contact['identities'] }) {
  const { data: conversations = [] } = useConversationsOf(contactId);
  const channels = new Map(conversations.map(({ channel }) => [channel.id, channel]));
  return (
    <section aria-label="Reached at" className="border-border border-t px-4 py-4">
      <h3 className="mb-2 font-semibold text-text-muted text-xs">Reached at</h3>
      {identities.length === 0 && <p className="text-text-muted">No channel knows this person yet.</p>}
      <ul className="space-y-2">
        {identities.map((identity) => (
          <li key={identity.id} className="rounded-xl border border-border">
            <IdentityCard identity={identity} channel={channels.get(identity.channelId)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function IdentityCard(props: { identity: Identity; channel: { kind: string; name: string } | undefined }) {
  const { identity, channel } = props;
  const { name, username, keys, lastInboundAt, optedOutAt } = identity;
  return (
    <>
      <div className="flex items-center gap-2 border-border border-b px-3 py-2">
        {channel && <ChannelMark kind={channel.kind} />}
        <bdi className="min-w-0 flex-1 truncate font-medium">{channel?.name ?? 'A channel'}</bdi>
        <span className="shrink-0 text-2xs text-text-muted">
          {lastInboundAt === null ? (
            'has not written yet'
          ) : (
            <>
              last seen <RelativeTime at={lastInboundAt} />
            </>
          )}
        </span>
      </div>
      {optedOutAt !== null && (
        <p className="bg-warning-soft px-3 py-1.5 text-warning text-xs">
          Wants no more messages since <RelativeTime at={optedOutAt} />
        </p>
      )}
      <dl className="px-3 py-1">
        {name !== null && <Line label="Name" value={name} />}
        {username !== null && <Line label="Username" value={`@${username.replace(/^@/, '')}`} />}
        {keys.map(({ type, value }) => (
          <Line
            key={`${type} ${value}`}
            label={keyNames[type] ?? type}
            value={type === 'phone' ? phone(value) : value}
          />
        ))}
      </dl>
    </>
  );
}

function Line({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex items-center gap-2">
      <dt className="w-16 shrink-0 text-text-muted text-xs">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-center gap-1">
        <bdi className="min-w-0 flex-1 tabular-nums [overflow-wrap:anywhere]">{value}</bdi>
        <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} />
      </dd>
    </div>
  );
}

/** Channels keep the digits alone. */
function phone(value: string): string {
  return /^\d{6,15}$/.test(value) ? `+${value}` : value;
}
