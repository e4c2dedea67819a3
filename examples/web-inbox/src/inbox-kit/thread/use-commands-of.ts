import { type Command, useCommands } from '../commands.js';
import type { Abilities } from './abilities.js';
import type { Menu } from './header/menu.js';

export interface ConversationCommands {
  abilities: Abilities;
  /** Only the end of it is seen until it is taken. */
  preview: boolean;
  /** It is part of another conversation: nothing is done with it. */
  merged: boolean;
  /** Why no answer can be written now. */
  silent: string | undefined;
  reply(): void;
  note(): void;
  canned(): void;
  /** Takes back what waits to be sent, where something does. */
  undo: (() => void) | undefined;
  take(): void;
  reopen(): void;
  pend(): void;
  openMenu(menu: Menu): void;
  toggleProfile(): void;
}

/** Offers what can be done with the open conversation to the keys and to the palette. */
export function useConversationCommands(offered: ConversationCommands): void {
  const { abilities, preview, merged, silent, reply, note, canned, undo, take, reopen, pend, openMenu, toggleProfile } =
    offered;
  /** What the role does not allow is offered with the reason. */
  const needs = (allowed: boolean, what: string) => {
    if (preview) return { disabled: 'Take the conversation first' };
    if (merged) return { disabled: 'The conversation is part of another one' };
    return allowed ? {} : { disabled: `Your role does not ${what} here` };
  };
  const group = 'Conversation';
  const commands: (Command | false | undefined)[] = [
    {
      id: 'conversation.reply',
      title: 'Reply',
      group,
      run: reply,
      ...(silent === undefined ? {} : { disabled: silent }),
    },
    {
      id: 'conversation.canned',
      title: 'Canned response',
      group,
      run: canned,
      ...(silent === undefined ? {} : { disabled: silent }),
    },
    undo && { id: 'conversation.undo', title: 'Undo send', group, run: undo },
    { id: 'conversation.note', title: 'Note for the team', group, run: note, ...needs(abilities.note, 'write notes') },
    abilities.take && { id: 'conversation.take', title: 'Take', group, run: take },
    abilities.assign && {
      id: 'conversation.assign',
      title: 'Assign to a colleague or team',
      group,
      run: () => openMenu('assign'),
    },
    abilities.close && { id: 'conversation.close', title: 'Close', group, run: () => openMenu('close') },
    {
      id: 'conversation.tag',
      title: 'Tag',
      group,
      run: () => openMenu('tag'),
      ...needs(abilities.tag, 'tag conversations'),
    },
    {
      id: 'conversation.remind',
      title: 'Remind me',
      group,
      run: () => openMenu('followUp'),
      ...needs(abilities.followUp, 'make follow-ups'),
    },
    abilities.assign && {
      id: 'conversation.transfer',
      title: 'Transfer with a note',
      group,
      run: () => openMenu('transfer'),
    },
    abilities.pend && { id: 'conversation.pend', title: 'Set to pending', group, run: pend },
    {
      id: 'conversation.watch',
      title: 'Watchers: who is told when the customer writes',
      group,
      run: () => openMenu('watch'),
      ...needs(true, ''),
    },
    abilities.reopen && { id: 'conversation.reopen', title: 'Reopen', group, run: reopen },
    { id: 'conversation.profile', title: 'Show or hide the profile', group, run: toggleProfile },
  ];
  useCommands(commands.filter((command) => command !== false && command !== undefined));
}
