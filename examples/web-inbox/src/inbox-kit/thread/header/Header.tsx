import type { Conversation } from '@tims/sdk';
import { ArrowLeft, PanelRight, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTeams } from '../../inbox.js';
import { Avatar, Button, ChannelMark, cx } from '../../ui.js';
import type { Abilities } from '../abilities.js';
import { contactName } from '../names.js';
import { Viewers } from '../presence/Viewers.js';
import type { ConversationActions } from '../use-actions.js';
import { AssignMenu } from './AssignMenu.js';
import { CloseMenu } from './CloseMenu.js';
import { MoreMenu } from './MoreMenu.js';
import type { Menu } from './menu.js';
import { StatusMark } from './StatusMark.js';

export interface HeaderProps {
  conversation: Conversation;
  actions?: ConversationActions | undefined;
  abilities?: Abilities | undefined;
  menu: Menu | undefined;
  onMenu(menu: Menu | undefined): void;
  onClose(): void;
  profileOpen: boolean;
  onToggleProfile(): void;
}

/** Whose conversation it is, who has it, and what can be done with it as a whole. */
export function Header(props: HeaderProps) {
  const { conversation, actions, abilities, menu, onMenu, onClose, profileOpen, onToggleProfile } = props;
  const name = contactName(conversation.contact);
  const opens = (which: Menu) => (open: boolean) => onMenu(open ? which : undefined);
  const busy = actions?.busy ?? true;
  return (
    <HeaderFrame onClose={onClose}>
      <Avatar name={conversation.contact.name} id={conversation.contact.id} kind={conversation.channel.kind} />
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-semibold text-base leading-5">
          <bdi>{name}</bdi>
        </h2>
        <Facts conversation={conversation} />
      </div>
      <Viewers conversationId={conversation.id} />
      <div className="flex shrink-0 items-center gap-1.5 @max-md/header:gap-0.5">
        {actions && abilities?.take && (
          <Button variant="primary" busy={busy} title="Take (T)" onClick={actions.take}>
            Take
          </Button>
        )}
        {actions && abilities?.assign && (
          <AssignMenu
            conversation={conversation}
            open={menu === 'assign' || menu === 'transfer'}
            onOpenChange={opens('assign')}
            withNote={menu === 'transfer'}
            onWithNote={() => onMenu('transfer')}
            onAssign={actions.assign}
            onTransfer={actions.transfer}
            disabled={busy}
          />
        )}
        {actions && abilities?.close && (
          <CloseMenu
            teamId={conversation.teamId}
            open={menu === 'close'}
            onOpenChange={opens('close')}
            onClose={actions.close}
            disabled={busy}
          />
        )}
        {actions && abilities?.reopen && (
          <Button onClick={actions.reopen} busy={busy} title="Reopen (O)">
            <RotateCcw aria-hidden="true" className="size-4" />
            Reopen
          </Button>
        )}
        {actions && abilities && (
          <MoreMenu conversation={conversation} actions={actions} abilities={abilities} menu={menu} onMenu={onMenu} />
        )}
        <Button
          variant="ghost"
          size="icon"
          aria-label="Profile"
          aria-pressed={profileOpen}
          title="Profile (P)"
          onClick={onToggleProfile}
          className={cx(profileOpen && 'bg-selected text-text')}
        >
          <PanelRight aria-hidden="true" className="size-4.5" />
        </Button>
      </div>
    </HeaderFrame>
  );
}

/** The bar at the top, with the way back to the list where there is no room for both. */
export function HeaderFrame({ onClose, children }: { onClose: () => void; children?: ReactNode }) {
  return (
    <header className="@container/header flex min-h-15 shrink-0 items-center gap-2.5 border-border border-b px-3 py-2">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Back to the list"
        title="Back to the list"
        onClick={onClose}
        className="-ms-1.5 lg:hidden"
      >
        <ArrowLeft aria-hidden="true" className="size-5" />
      </Button>
      {children}
    </header>
  );
}

function Facts({ conversation }: { conversation: Conversation }) {
  const team = useTeams().get(conversation.teamId);
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-text-muted text-xs leading-4.5">
      <StatusMark status={conversation.status} />
      <span className="flex min-w-0 items-center gap-1 @max-md/header:hidden">
        <span aria-hidden="true">·</span>
        <ChannelMark kind={conversation.channel.kind} />
        <bdi className="truncate">{conversation.channel.name}</bdi>
      </span>
      {team && (
        <span className="flex min-w-0 items-center gap-1 @max-md/header:hidden">
          <span aria-hidden="true">·</span>
          <bdi className="truncate">{team.name}</bdi>
        </span>
      )}
    </p>
  );
}
