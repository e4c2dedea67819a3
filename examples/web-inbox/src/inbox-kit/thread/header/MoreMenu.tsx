import type { Conversation } from '@tims/sdk';
import { ArrowRightLeft, Ellipsis, Eye, Hourglass } from 'lucide-react';
import { DropdownMenu, Popover } from 'radix-ui';
import type { ReactNode } from 'react';
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
  // The menu gives the focus back when it goes, which would shut what opens in its place at once.
  const then = (next: Menu) => setTimeout(() => onMenu(next));
  return (
    <WatchMenu
      conversation={conversation}
      mayAdd={abilities.note}
      open={menu === 'watch'}
      onOpenChange={(open) => onMenu(open ? 'watch' : undefined)}
    >
      <Popover.Anchor asChild>
        <span>
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger asChild>
              <Button variant="ghost" size="icon" aria-label="More" title="More">
                <Ellipsis aria-hidden="true" className="size-4.5" />
              </Button>
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content
                align="end"
                sideOffset={6}
                collisionPadding={8}
                className="z-50 min-w-60 animate-rise rounded-xl border border-border bg-surface-raised p-1.5 shadow-raised outline-none"
              >
                <Item
                  icon={<Hourglass className="size-4" />}
                  shortcut="shift+p"
                  why={why(abilities.pend, conversation.lifecycle === 'open')}
                  onSelect={actions.pend}
                >
                  Set to pending
                </Item>
                <Item
                  icon={<ArrowRightLeft className="size-4" />}
                  shortcut="shift+a"
                  why={why(abilities.assign, conversation.lifecycle !== 'closed')}
                  onSelect={() => then('transfer')}
                >
                  Transfer with a note…
                </Item>
                <Item icon={<Eye className="size-4" />} shortcut="w" onSelect={() => then('watch')}>
                  Watchers…
                </Item>
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
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
  icon: ReactNode;
  shortcut: string;
  why?: string | undefined;
  onSelect(): void;
  children: ReactNode;
}

function Item({ icon, shortcut, why: reason, onSelect, children }: ItemProps) {
  return (
    <DropdownMenu.Item
      disabled={reason !== undefined}
      onSelect={onSelect}
      className="flex min-h-9 select-none items-center gap-2.5 rounded-lg px-2.5 text-sm outline-none data-[disabled]:text-text-muted data-[highlighted]:bg-selected pointer-coarse:min-h-11"
    >
      <span aria-hidden="true" className="text-text-muted">
        {icon}
      </span>
      <span className="flex-1">{children}</span>
      {reason === undefined ? (
        <Kbd keys={shortcut} className="text-text-muted pointer-coarse:hidden" />
      ) : (
        <span className="text-2xs text-text-muted">{reason}</span>
      )}
    </DropdownMenu.Item>
  );
}
