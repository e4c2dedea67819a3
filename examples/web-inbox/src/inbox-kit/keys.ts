/** One line of the key table: which keys run which command. */
export interface KeyEntry {
  /** The command that they run. */
  readonly id: string;
  /** Each of them does it: `j`, `down`, `mod+k`, or one after the other: `g m`. */
  readonly keys: readonly string[];
  readonly title: string;
  readonly group: KeyGroup;
}

export const keyGroups = ['Conversation', 'List', 'Go to', 'Everywhere'] as const;
export type KeyGroup = (typeof keyGroups)[number];

/** The one table of keys: the shortcuts, the help and the palette are drawn from it. */
export const keyTable: readonly KeyEntry[] = [
  { id: 'conversation.reply', keys: ['r'], title: 'Reply', group: 'Conversation' },
  { id: 'conversation.note', keys: ['n', 'mod+i'], title: 'Note for the team', group: 'Conversation' },
  { id: 'contact.note', keys: ['shift+n'], title: 'Note about the contact, in the profile', group: 'Conversation' },
  { id: 'conversation.canned', keys: ['c'], title: 'Canned response', group: 'Conversation' },
  { id: 'conversation.undo', keys: ['shift+z'], title: 'Undo send', group: 'Conversation' },
  { id: 'conversation.take', keys: ['t'], title: 'Take', group: 'Conversation' },
  { id: 'conversation.assign', keys: ['a'], title: 'Assign to a colleague or team', group: 'Conversation' },
  { id: 'conversation.transfer', keys: ['shift+a'], title: 'Transfer with a note', group: 'Conversation' },
  { id: 'conversation.tag', keys: ['l'], title: 'Tag', group: 'Conversation' },
  { id: 'conversation.remind', keys: ['h'], title: 'Remind me', group: 'Conversation' },
  { id: 'conversation.pend', keys: ['shift+p'], title: 'Set to pending', group: 'Conversation' },
  { id: 'conversation.watch', keys: ['w'], title: 'Watchers: who is told', group: 'Conversation' },
  { id: 'conversation.close', keys: ['e'], title: 'Close', group: 'Conversation' },
  { id: 'conversation.reopen', keys: ['o'], title: 'Reopen', group: 'Conversation' },
  { id: 'conversation.profile', keys: ['p'], title: 'Show or hide the profile', group: 'Conversation' },
  { id: 'list.next', keys: ['j', 'down'], title: 'Next conversation', group: 'List' },
  { id: 'list.previous', keys: ['k', 'up'], title: 'Previous conversation', group: 'List' },
  { id: 'list.open', keys: ['enter'], title: 'Open the conversation', group: 'List' },
  { id: 'list.search', keys: ['/'], title: 'Search in the list', group: 'List' },
  { id: 'list.filter', keys: ['f'], title: 'Filter the list', group: 'List' },
  { id: 'list.unread', keys: ['shift+u'], title: 'Unread only', group: 'List' },
  { id: 'list.order', keys: ['shift+w'], title: 'Order: last active, or waiting longest', group: 'List' },
  { id: 'list.save-view', keys: ['shift+v'], title: 'Save the filter as a view', group: 'List' },
  { id: 'list.select', keys: ['x'], title: 'Select the conversation', group: 'List' },
  { id: 'list.select-next', keys: ['shift+j', 'shift+down'], title: 'Select down', group: 'List' },
  { id: 'list.select-previous', keys: ['shift+k', 'shift+up'], title: 'Select up', group: 'List' },
  { id: 'list.select-all', keys: ['shift+x'], title: 'Select all that are loaded', group: 'List' },
  { id: 'list.bulk', keys: ['b'], title: 'Do something with those selected', group: 'List' },
  { id: 'go.mine', keys: ['g m'], title: 'Mine', group: 'Go to' },
  { id: 'go.queue', keys: ['g q'], title: 'Queue', group: 'Go to' },
  { id: 'go.all', keys: ['g a'], title: 'All', group: 'Go to' },
  { id: 'go.due', keys: ['g d'], title: 'Due', group: 'Go to' },
  { id: 'go.pending', keys: ['g p'], title: 'Pending', group: 'Go to' },
  { id: 'go.closed', keys: ['g c'], title: 'Closed', group: 'Go to' },
  { id: 'go.search', keys: ['g s'], title: 'Search', group: 'Go to' },
  { id: 'go.notifications', keys: ['g n'], title: 'Notifications', group: 'Go to' },
  { id: 'go.workload', keys: ['g w'], title: 'Workload', group: 'Go to' },
  { id: 'go.back', keys: ['u', 'escape'], title: 'Back to the list', group: 'Go to' },
  { id: 'app.palette', keys: ['mod+k'], title: 'Find anything', group: 'Everywhere' },
  { id: 'app.help', keys: ['?'], title: 'Keyboard shortcuts', group: 'Everywhere' },
  { id: 'app.presence', keys: ['shift+o'], title: 'Online or away', group: 'Everywhere' },
  { id: 'app.theme', keys: ['shift+d'], title: 'Light, dark, or as the system', group: 'Everywhere' },
  { id: 'app.sidebar', keys: ['['], title: 'Show the sidebar', group: 'Everywhere' },
];

/** The keys of a command, as the table has them. */
export function keysOf(id: string): readonly string[] {
  return keyTable.find((entry) => entry.id === id)?.keys ?? [];
}

/** What a press is called in the table: `mod` is Cmd on a Mac and Ctrl elsewhere. */
export function nameOfPress(event: Press): string {
  const key = named[event.key] ?? latin(event);
  // Shift is part of a sign such as "?"; with a letter it is a key of its own.
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key));
  return [
    ...(event.ctrlKey || event.metaKey ? ['mod'] : []),
    ...(event.altKey ? ['alt'] : []),
    ...(shift ? ['shift'] : []),
    key,
  ].join('+');
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { readonly code?: string };

/** On a keyboard of another script, the letter that stands on the same key. */
function latin({ key, code }: Press): string {
  const isForeign = key.length === 1 && /\p{L}/u.test(key) && !/[a-z]/i.test(key);
  return (isForeign ? (/^Key([A-Z])$/.exec(code ?? '')?.[1] ?? key) : key).toLowerCase();
}

const named: Readonly<Record<string, string>> = {
  ArrowDown: 'down',
  ArrowUp: 'up',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Escape: 'escape',
  Esc: 'escape',
  ' ': 'space',
};

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const shownKeys: Readonly<Record<string, string>> = {
  mod: mac ? '⌘' : 'Ctrl',
  shift: mac ? '⇧' : 'Shift',
  alt: mac ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
};

/** The caps to draw for keys: `g m` is two presses, `mod+k` one of two caps. */
export function capsOf(keys: string): string[][] {
  return keys.split(' ').map((press) => press.split('+').map((cap) => shownKeys[cap] ?? cap.toUpperCase()));
}
