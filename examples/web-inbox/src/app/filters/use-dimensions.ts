import { useQuery } from '@tanstack/react-query';
import type { Tag } from '@tims/sdk';
import {
  AlarmClock,
  CalendarDays,
  CircleDot,
  ContactRound,
  Hash,
  Inbox,
  Layers,
  type LucideIcon,
  MailOpen,
  Tag as TagIcon,
  UserRound,
} from 'lucide-react';
import { useContactKinds } from '../../inbox-kit/contact/use-contact-kinds.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { useAppInbox } from '../app-inbox.js';
import { useCounts, useFollowing } from '../counts.js';
import { followUps, lifecycles, type Narrowing, statuses } from '../narrowing.js';
import { decidedBy, type Place } from '../places.js';
import { useVisibleTeams } from '../teams.js';

/** One thing that a list can be narrowed by. */
export interface Dimension {
  readonly key: Exclude<keyof Narrowing, 'order' | 'cleared' | 'to' | 'contactId'>;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly values: readonly { readonly change: Narrowing; readonly label: string; readonly value: string }[];
}

const lifecycleNames = { any: 'Any', open: 'Open', pending: 'Pending', closed: 'Closed' } as const;
const statusNames = {
  new: 'New',
  queued: 'Queued',
  assigned: 'Assigned',
  pending: 'Pending',
  closed: 'Closed',
} as const;
const followUpNames = { due: 'Due', open: 'Has one' } as const;

/** Everybody's tags and those of the reader's teams. */
export function useTagList(): readonly Tag[] {
  const { tims } = useAppInbox();
  useFollowing(['list-tags'], (item) => item.type === 'event' && item.event.type === 'tag.updated', 500);
  const { data } = useQuery({
    queryKey: ['list-tags'],
    queryFn: async () => (await tims.tags.list()).data,
    staleTime: 60_000,
  });
  return data ?? [];
}

/** What the list of a place can be narrowed by: not by what the place decides, nor by what the reader does not see. */
export function useDimensions(place: Place): readonly Dimension[] {
  const { me } = useAppInbox();
  const tags = useTagList();
  const teams = useVisibleTeams();
  const colleagues = [...useColleagues().values()].sort((a, b) => a.name.localeCompare(b.name));
  const channels = useCounts()?.channels ?? [];
  const kinds = useContactKinds();
  const decided = decidedBy(place);
  const seesOthers = ['all', 'team'].includes(me.permissions['conversations:read'] ?? '');

  const all: (Dimension | false)[] = [
    {
      key: 'unread',
      title: 'Unread',
      icon: MailOpen,
      values: [{ value: '1', label: 'Yes', change: { unread: true } }],
    },
    {
      key: 'status',
      title: 'Status',
      icon: CircleDot,
      values: statuses.map((status) => ({ value: status, label: statusNames[status], change: { status } })),
    },
    {
      key: 'lifecycle',
      title: 'Lifecycle',
      icon: Layers,
      values: (['any', ...lifecycles] as const).map((lifecycle) => ({
        value: lifecycle,
        label: lifecycleNames[lifecycle],
        change: { lifecycle },
      })),
    },
    seesOthers && {
      key: 'assigneeId',
      title: 'Assignee',
      icon: UserRound,
      values: colleagues.map(({ id, name }) => ({
        value: id,
        label: id === me.id ? `${name} (you)` : name,
        change: { assigneeId: id },
      })),
    },
    {
      key: 'teamId',
      title: 'Team',
      icon: Hash,
      values: teams.map(({ id, name }) => ({ value: id, label: name, change: { teamId: id } })),
    },
    {
      key: 'tagId',
      title: 'Tag',
      icon: TagIcon,
      values: tags.map(({ id, name }) => ({ value: id, label: name, change: { tagId: id } })),
    },
    {
      key: 'channelId',
      title: 'Channel',
      icon: Inbox,
      values: channels.map(({ id, name }) => ({ value: id, label: name, change: { channelId: id } })),
    },
    {
      key: 'contactKind',
      title: 'Contact',
      icon: ContactRound,
      values: kinds.map((contactKind) => ({ value: contactKind, label: contactKind, change: { contactKind } })),
    },
    {
      key: 'followUp',
      title: 'Follow-up',
      icon: AlarmClock,
      values: followUps.map((followUp) => ({ value: followUp, label: followUpNames[followUp], change: { followUp } })),
    },
    {
      key: 'from',
      title: 'Last active',
      icon: CalendarDays,
      values: [],
    },
  ];
  return all.filter((one): one is Dimension => one !== false && !decided.has(one.key));
}

/** What a chip says of it. */
export function labelOf({ key, values }: Dimension, narrowing: Narrowing): string | undefined {
  const value = narrowing[key];
  if (value === undefined) return undefined;
  if (key === 'unread') return '';
  // Names come a moment later than the address.
  if (values.length === 0) return '…';
  return values.find((one) => one.value === value)?.label ?? 'Something you do not see';
}
