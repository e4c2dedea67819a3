import type { Activity } from '@tims/sdk';
import { Link } from '../../app/router.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { useUsers } from '../data/lists.js';
import type { Column } from '../frame/ResourceTable.js';
import { actionWords, dataWords } from './words.js';

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** What is told of each row. */
export function useActivityColumns(): readonly Column<Activity>[] {
  const users = useUsers().data;
  const colleagues = useColleagues();
  // A user who was deactivated is in no directory, and did things all the same.
  const nameOf = (id: string) => users?.find((one) => one.id === id)?.name ?? colleagues.get(id)?.name;
  const who = ({ type, id }: Activity['actor']) => (type === 'user' ? (nameOf(id) ?? id) : `TIMS (${id})`);
  return [
    {
      title: 'What',
      cell: ({ action, data, actor, at }) => (
        <span className="block">
          <span className="block font-medium" title={action}>
            {actionWords(action)}
          </span>
          <span className="line-clamp-2 block break-all text-text-muted text-xs">{dataWords(data)}</span>
          <span className="block text-text-muted text-xs sm:hidden">
            {who(actor)} · {time.format(Date.parse(at))}
          </span>
        </span>
      ),
    },
    { title: 'Who', from: 'sm', cell: ({ actor }) => <span dir="auto">{who(actor)}</span> },
    {
      title: 'To what',
      from: 'md',
      cell: ({ entityId, conversationId }) => (
        <Entity id={entityId} conversationId={conversationId} name={entityId ? nameOf(entityId) : undefined} />
      ),
    },
    {
      title: 'When and from where',
      from: 'sm',
      cell: ({ at, ip }) => (
        <span className="block text-xs">
          <time dateTime={at} className="block whitespace-nowrap tabular-nums">
            {time.format(Date.parse(at))}
          </time>
          <span className="text-text-muted">{ip}</span>
        </span>
      ),
    },
  ];
}

function Entity({
  id,
  conversationId,
  name,
}: {
  id: string | null;
  conversationId: string | null;
  name: string | undefined;
}) {
  if (conversationId !== null) {
    return (
      <Link
        to={{ place: { kind: 'group', group: 'all' }, narrowing: {}, conversationId }}
        className="text-accent text-xs underline-offset-4 hover:underline"
      >
        Conversation …{conversationId.slice(-6)}
      </Link>
    );
  }
  if (name !== undefined) return <span dir="auto">{name}</span>;
  return (
    <span title={id ?? undefined} className="break-all font-mono text-text-muted text-xs">
      {id === null ? '–' : `${id.slice(0, 4)}…${id.slice(-6)}`}
    </span>
  );
}
