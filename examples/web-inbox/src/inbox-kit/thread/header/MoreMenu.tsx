import type { Conversation } from '@tims/sdk';
import { ArrowRightLeft, Ellipsis, Eye, Hourglass, type LucideIcon } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Button, Kbd } from '../../ui.js';
import type { Abilities } from '../abilities.js';
import type { ConversationActions } from '../use-actions.js';
import type { Menu } from './menu.js';
import { WatchMenu } from './WatchMenu.js';

export interface MoreMenuProps {
  conversation: Conversation;
  actions: ConversationActions;
  abilities: Abilities;
  menu: Menu | undefined;
  onMenu(menu: Menu | undefined): void;
}

/** What is done with a conversation less often. */
export function MoreMenu({ conversation, actions, abilities, menu, onMenu }: MoreMenuProps) {
  const [open, setOpen] = useState(false);
  /** What opens in its place once it is gone. */
  const [next, setNext] = useState<Menu>();
  const leave = (to?: Menu) => {
    setNext(to);
    setOpen(false);
  };
  return (
    <WatchMenu
      conversation={conversation}
      mayAdd={abilities.note}
      open={menu === 'watch'}
      onOpenChange={(isOpen) => onMenu(isOpen ? 'watch' : undefined)}
    >
      <Popover.Anchor asChild>
        <span>
          <Popover.Root open={open} onOpenChange={setOpen}>
            <Popover.Trigger asChild>
              <Button variant="ghost" size="icon" aria-label="More" title="More">
                <Ellipsis aria-hidden="true" className="size-4.5" />
              </Button>
            </Popover.Trigger>
            <Popover.Portal>
              <Popover.Content
                align="end"
                sideOffset={6}
                collisionPadding={8}
                aria-label="More to do"
                onCloseAutoFocus={(event) => {
                  if (next === undefined) return;
                  // The focus goes to what opens now.
                  event.preventDefault();
                  setNext(undefined);
                  onMenu(next);
                }}
                className="z-50 min-w-60 animate-rise rounded-xl border border-border bg-surface-raised p-1.5 shadow-raised outline-none"
              >
                <Item
                  icon={Hourglass}
                  label="Set to pending"
                  shortcut="shift+p"
                  why={why(abilities.pend, conversation.lifecycle === 'open')}
                  onSelect={() => {
                    leave();
                    actions.pend();
                  }}
                />
                <Item
                  icon={ArrowRightLeft}
                  label="Transfer with a note…"
                  shortcut="shift+a"
                  why={why(
                    abilities.assign,
                    conversation.lifecycle !== 'closed' && conversation.lifecycle !== 'merged',
                  )}
                  onSelect={() => leave('transfer')}
                />
                <Item icon={Eye} label="Watchers…" shortcut="w" onSelect={() => leave('watch')} />
              </Popover.Content>
            </Popover.Portal>
          </Popover.Root>
        </span>
      </Popover.Anchor>
    </WatchMenu>
  );
}

/** Why it cannot be done now; undefined where it can. */
function why(allowed: boolean, fits: boolean): string | undefined {
  if (!fits) return 'Not in this state';
  return allowed ? undefined : 'Not in your role';
}

interface ItemProps {
  icon: LucideIcon;
  label: string;
  shortcut: string;
  why?: string | undefined;
  onSelect(): void;
}

function Item({ icon: Icon, label, shortcut, why: reason, onSelect }: ItemProps) {
  return (
    <button
      type="button"
      disabled={reason !== undefined}
      onClick={onSelect}
      className="flex min-h-9 w-full select-none items-center gap-2.5 rounded-lg px-2.5 text-start text-sm enabled:hover:bg-hover disabled:text-text-muted pointer-coarse:min-h-11"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
      <span className="flex-1">{label}</span>
      {reason === undefined ? (
        <Kbd keys={shortcut} className="text-text-muted pointer-coarse:hidden" />
      ) : (
        <span className="text-2xs">{reason}</span>
      )}
    </button>
  );
}
