import { ArrowDownWideNarrow, BookmarkPlus, X } from 'lucide-react';
import { cx } from '../../inbox-kit/class-names.js';
import { useCommands } from '../../inbox-kit/commands.js';
import { Button } from '../../inbox-kit/ui.js';
import { command } from '../list/use-cursor.js';
import { countFilters } from '../narrowing.js';
import { decidedBy } from '../places.js';
import type { Route } from '../routes.js';
import { Chip } from './Chip.js';
import { DateChip } from './DateChip.js';
import { FilterMenu, type FilterMenuProps } from './FilterMenu.js';
import { labelOf, useDimensions } from './use-dimensions.js';
import { useNarrowing } from './use-narrowing.js';

export interface FilterBarProps {
  route: Route;
  menu: FilterMenuProps['open'];
  onMenu(open: FilterMenuProps['open']): void;
  onSave(): void;
}

/** What the list is narrowed by, as chips, and in which order it stands. All of it is kept in the address. */
export function FilterBar({ route, menu, onMenu, onSave }: FilterBarProps) {
  const { place } = route;
  const { narrowing, narrow, clear } = useNarrowing(route);
  const dimensions = useDimensions(place);
  const set = countFilters(narrowing);
  const ordered = narrowing.followUp === undefined && !decidedBy(place).has('order');
  const waiting = narrowing.order === 'waiting';
  const turn = () => narrow({ order: waiting ? undefined : 'waiting' });

  useCommands([command('list.save-view', onSave), ...(ordered ? [command('list.order', turn)] : [])]);

  return (
    <fieldset className="flex shrink-0 flex-wrap items-center gap-1.5 border-border border-b bg-background px-3 py-2">
      <legend className="sr-only">Filter</legend>
      {dimensions.map((dimension) => {
        const { key, title } = dimension;
        if (key === 'from') {
          const dated = narrowing.from ?? narrowing.to;
          return dated === undefined ? null : <DateChip key={key} narrowing={narrowing} onNarrow={narrow} />;
        }
        const label = labelOf(dimension, narrowing);
        if (label === undefined) return null;
        return (
          <Chip
            key={key}
            title={title}
            label={label}
            onChange={key === 'unread' ? undefined : () => onMenu(key)}
            onRemove={() => narrow({ [key]: undefined })}
          />
        );
      })}
      {narrowing.contactId !== undefined && (
        <Chip title="One contact" label="" onRemove={() => narrow({ contactId: undefined })} />
      )}
      <FilterMenu dimensions={dimensions} narrowing={narrowing} open={menu} onOpen={onMenu} onNarrow={narrow} />
      <span className="ml-auto flex items-center">
        {set > 0 && (
          <>
            <Button
              variant="ghost"
              size="sm"
              onClick={onSave}
              title="Save as a view (shift v)"
              aria-label="Save as a view"
            >
              <BookmarkPlus aria-hidden="true" className="size-3.5" />
              Save
            </Button>
            <Button
              variant="ghost"
              size="sm"
              className="px-1.5"
              onClick={clear}
              aria-label="Clear the filter"
              title="Clear the filter"
            >
              <X aria-hidden="true" className="size-3.5" />
            </Button>
          </>
        )}
        {ordered && (
          <Button
            variant="ghost"
            size="sm"
            aria-pressed={waiting}
            onClick={turn}
            title="Order (shift w)"
            className={cx(waiting && 'text-accent')}
          >
            <ArrowDownWideNarrow aria-hidden="true" className="size-3.5" />
            {waiting ? 'Longest wait' : 'Last active'}
          </Button>
        )}
      </span>
    </fieldset>
  );
}
