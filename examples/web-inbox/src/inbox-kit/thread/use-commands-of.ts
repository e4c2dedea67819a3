import { type Command, useCommands } from '../commands.js';
import type { Abilities } from './abilities.js';

export interface ConversationCommands {
  abilities: Abilities;
  /** Why no answer can be written now. */
  silent: string | undefined;
  reply(): void;
  note(): void;
  take(): void;
  reopen(): void;
  openMenu(menu: 'assign' | 'close'): void;
  toggleProfile(): void;
}

/** Offers what can be done with the open conversation to the keys and to the palette. */
export function useConversationCommands(offered: ConversationCommands): void {
  const { abilities, silent, reply, note, take, reopen, openMenu, toggleProfile } = offered;
  const group = 'Conversation';
  const commands: (Command | false)[] = [
    {
      id: 'conversation.reply',
      title: 'Reply',
      group,
      run: reply,
      ...(silent === undefined ? {} : { disabled: silent }),
    },
    { id: 'conversation.note', title: 'Note for the team', group, run: note, ...needs(abilities.note, 'write notes') },
    abilities.take && { id: 'conversation.take', title: 'Take', group, run: take },
    abilities.assign && {
      id: 'conversation.assign',
      title: 'Assign to a colleague or team',
      group,
      run: () => openMenu('assign'),
    },
    abilities.close && { id: 'conversation.close', title: 'Close', group, run: () => openMenu('close') },
    abilities.reopen && { id: 'conversation.reopen', title: 'Reopen', group, run: reopen },
    { id: 'conversation.profile', title: 'Show or hide the profile', group, run: toggleProfile },
  ];
  useCommands(commands.filter((command) => command !== false));
}

/** What the role does not allow is offered with the reason. */
function needs(allowed: boolean, what: string): { disabled?: string } {
  return allowed ? {} : { disabled: `Your role does not ${what} here` };
}
