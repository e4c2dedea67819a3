import type { View } from '@tims/sdk';
import { Filter, UsersRound } from 'lucide-react';
import { type Command, useCommands } from '../../inbox-kit/commands.js';
import type { Place } from '../places.js';
import { navigate, useRoute } from '../router.js';
import { PlaceLink } from '../sidebar/PlaceLink.js';
import { Section } from '../sidebar/Section.js';
import { useViewCount, useViews } from './use-views.js';

/** So many of them are a key away. */
const withKeys = 9;

/** The saved views, with how many conversations each shows. */
export function Views({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const views = useViews() ?? [];
  useCommands(views.map(commandOf));
  if (views.length === 0) return null;
  return (
    <Section title="Views">
      {views.map((view, index) => (
        <li key={view.id}>
          <ViewLink view={view} at={index} onNavigate={onNavigate} />
        </li>
      ))}
    </Section>
  );
}

interface ViewLinkProps {
  view: View;
  /** Which one in the sidebar it is. */
  at: number;
  onNavigate?: (() => void) | undefined;
}

function ViewLink({ view, at, onNavigate }: ViewLinkProps) {
  const place = useRoute()?.place;
  const count = useViewCount(view, at);
  const Icon = view.shared === 'personal' ? Filter : UsersRound;
  return (
    <PlaceLink
      place={placeOf(view)}
      here={place?.kind === 'view' && place.id === view.id}
      name={view.name}
      count={count && { total: count.total, unread: 0 }}
      icon={<Icon aria-hidden="true" className="size-4 shrink-0" />}
      onNavigate={onNavigate}
    />
  );
}

function commandOf(view: View, index: number): Command {
  return {
    id: `view.${view.id}`,
    title: view.name,
    group: 'Go to',
    ...(index < withKeys ? { keys: `g ${index + 1}` } : {}),
    run: () => navigate({ place: placeOf(view), narrowing: {} }),
  };
}

const placeOf = ({ id }: View): Place => ({ kind: 'view', id });
