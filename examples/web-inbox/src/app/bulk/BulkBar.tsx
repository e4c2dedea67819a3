import type { Conversation } from '@tims/sdk';
import { CircleCheck, MailOpen, MoreHorizontal, Tag, UserPlus, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { announce } from '../../inbox-kit/announce.js';
import { useCommands } from '../../inbox-kit/commands.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { contactName } from '../../inbox-kit/thread/names.js';
import { Button, Spinner, toast } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { command } from '../list/use-cursor.js';
import { type Act, offersFor, type Step, saidOf } from './acts.js';
import { BulkMenu, type BulkMenuProps } from './BulkMenu.js';
import { type Outcome, refusalsOf } from './outcome.js';
import type { Selection } from './use-selection.js';

export interface BulkBarProps {
  rows: readonly Conversation[];
  selection: Selection;
  /** Something was refused. */
  onOutcome(outcome: Outcome): void;
}

/** What is at hand without the menu. */
const quick: readonly { icon: typeof Tag; title: string; next: Step | Act }[] = [
  { icon: UserPlus, title: 'Assign', next: 'assign' },
  { icon: Tag, title: 'Tag', next: 'tag' },
  { icon: CircleCheck, title: 'Close', next: 'close' },
  { icon: MailOpen, title: 'Mark as read', next: { act: 'read' } },
];

/** How many are selected, and what can be done with all of them. */
export default function BulkBar({ rows, selection, onOutcome }: BulkBarProps) {
  const { tims, me } = useAppInbox();
  const [menu, setMenu] = useState<BulkMenuProps['open']>();
  const [busy, setBusy] = useState(false);
  const { ids } = selection;
  const offers = offersFor(me);
  const offered = (next: Step | Act) =>
    offers.some((one) => (typeof next === 'string' ? one.next === next : sameAct(one.next, next)));

  async function act(chosen: Act): Promise<void> {
    const names = namesOf(rows, ids);
    setBusy(true);
    try {
      const { done, refused, results } = await tims.conversations.bulk({ ...chosen, ids: [...ids] });
      const said = saidOf(chosen.act, done);
      announce(`${said}${refused > 0 ? `, ${refused} refused` : ''}.`);
      if (refused === 0) {
        selection.keep([]);
        toast({ title: said });
      } else {
        // The bar stays for what can be tried in another way.
        selection.keep(results.flatMap((one) => (one.done ? [] : [one.id])));
        onOutcome({ done: done > 0 ? said : undefined, refusals: refusalsOf(results), names });
      }
    } catch (error) {
      const { title, help } = errorText(error);
      toast({ title, description: help, tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }
  const go = (next: Step | Act) => (typeof next === 'string' ? setMenu(next) : void act(next));

  useCommands([
    command('list.bulk', () => setMenu('all')),
    // Back from here is to a list of which nothing is selected.
    command('go.back', () => selection.keep([])),
    ...offers.map(({ title, next }) => ({
      id: `bulk.${typeof next === 'string' ? next : next.act}`,
      title: `Those selected: ${title}`,
      group: 'List',
      run: () => go(next),
    })),
  ]);

  return (
    <BulkMenu open={menu} onOpen={setMenu} onAct={(chosen) => void act(chosen)}>
      <Popover.Anchor asChild>
        <section
          aria-label="Those selected"
          className="flex h-13 shrink-0 animate-rise items-center gap-0.5 border-border border-t bg-surface-raised px-3"
        >
          <p role="status" className="grow truncate font-medium tabular-nums">
            {ids.size.toLocaleString()} selected
          </p>
          {busy && <Spinner label="Working" className="mr-2 text-accent" />}
          {quick.map(
            ({ icon: Icon, title, next }) =>
              offered(next) && (
                <Button
                  key={title}
                  variant="ghost"
                  size="icon"
                  disabled={busy}
                  aria-label={title}
                  title={title}
                  onClick={() => go(next)}
                >
                  <Icon aria-hidden="true" className="size-4" />
                </Button>
              ),
          )}
          <Button
            variant="ghost"
            size="icon"
            disabled={busy}
            aria-label="More to do with them"
            title="More (b)"
            onClick={() => setMenu('all')}
          >
            <MoreHorizontal aria-hidden="true" className="size-4" />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Select nothing"
            title="Select nothing (Esc)"
            onClick={() => selection.keep([])}
          >
            <X aria-hidden="true" className="size-4" />
          </Button>
        </section>
      </Popover.Anchor>
    </BulkMenu>
  );
}

function namesOf(rows: readonly Conversation[], ids: ReadonlySet<string>): Outcome['names'] {
  return new Map(rows.flatMap(({ id, contact }) => (ids.has(id) ? [[id, contactName(contact)] as const] : [])));
}

const sameAct = (a: Step | Act, b: Act) => typeof a === 'object' && a.act === b.act;
