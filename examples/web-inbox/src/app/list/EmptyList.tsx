import { AlarmClockCheck, CircleCheck, Clock, Inbox, type LucideIcon, SearchX, UserRound } from 'lucide-react';
import { Button, EmptyState, Kbd } from '../../inbox-kit/ui.js';
import { countFilters } from '../narrowing.js';
import type { Group } from '../places.js';
import { navigate } from '../router.js';
import type { Route } from '../routes.js';

const words: Readonly<Record<Group, { icon: LucideIcon; title: string; text: string }>> = {
  mine: {
    icon: UserRound,
    title: 'Nothing is waiting for you',
    text: 'Conversations that you take, or that somebody assigns to you, stand here.',
  },
  queue: {
    icon: Inbox,
    title: 'The queue is empty',
    text: 'Everybody has been taken care of. New conversations appear here by themselves.',
  },
  all: { icon: Inbox, title: 'No open conversations', text: 'As soon as somebody writes, it appears here.' },
  due: {
    icon: AlarmClockCheck,
    title: 'Nothing is due',
    text: 'Conversations whose follow-up has come stand here until it is done or snoozed.',
  },
  pending: {
    icon: Clock,
    title: 'Nothing is pending',
    text: 'Conversations that wait for the customer, or for a time, stand here.',
  },
  closed: { icon: CircleCheck, title: 'Nothing was closed yet', text: 'Conversations that are done stand here.' },
};

/** Why a list has no rows, and where to go from there. */
export function EmptyList({ route }: { route: Route }) {
  const { place, narrowing } = route;
  if (countFilters(narrowing) > 0) {
    return (
      <EmptyState
        title="Nothing matches the filter"
        icon={SearchX}
        action={
          <Button onClick={() => navigate({ ...route, narrowing: {} }, { replace: true })}>Clear the filter</Button>
        }
      >
        There may be conversations here without it.
      </EmptyState>
    );
  }
  if (place.kind === 'view') {
    return <EmptyState title="Nothing matches this view">What comes to match it appears here by itself.</EmptyState>;
  }
  if (place.kind !== 'group') {
    return <EmptyState title="No open conversations here">As soon as somebody writes, it appears here.</EmptyState>;
  }
  const { icon, title, text } = words[place.group];
  const toQueue = place.group === 'mine' && (
    <Button onClick={() => navigate({ place: { kind: 'group', group: 'queue' }, narrowing: {} })}>
      Go to the queue <Kbd keys="g q" className="pointer-coarse:hidden" />
    </Button>
  );
  return (
    <EmptyState title={title} icon={icon} action={toQueue || undefined}>
      {text}
    </EmptyState>
  );
}
