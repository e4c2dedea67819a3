import type { Edit } from '../text/field.js';

/** Where a key is pressed: in the list, in the conversation, while writing, in a list to choose from, in the help. */
export type Place = 'list' | 'thread' | 'write' | 'pick' | 'help';

/** One thing that can be done with a key. The help, the palette and the hints are drawn from the table of these. */
export interface Binding {
  readonly act: string;
  /** The keys that do it unless the profile says otherwise. */
  readonly keys: readonly string[];
  readonly places: readonly Place[];
  /** For the help. */
  readonly does: string;
  /** One word for the line of hints; those without one are not shown there. */
  readonly hint?: string;
  readonly section: 'Move' | 'Answer' | 'Look' | 'Write' | 'Choose';
  /** What the palette takes behind its name. */
  readonly argument?: string;
  /** Makes no sense when named in the palette. */
  readonly keyOnly?: true;
}

const both = ['list', 'thread'] as const;
const scrolling = ['list', 'thread', 'write', 'help'] as const;
const field = ['write', 'pick'] as const;

const edit = (name: Edit, keys: readonly string[], does: string) =>
  ({ act: name, keys, places: field, does, section: 'Write', keyOnly: true }) as const;

export const table = [
  {
    act: 'down',
    keys: ['j', 'down'],
    places: ['list', 'thread', 'help'],
    does: 'one down',
    section: 'Move',
    keyOnly: true,
  },
  { act: 'up', keys: ['k', 'up'], places: ['list', 'thread', 'help'], does: 'one up', section: 'Move', keyOnly: true },
  {
    act: 'page-down',
    keys: ['pagedown', 'ctrl+f'],
    places: scrolling,
    does: 'a page down',
    section: 'Move',
    keyOnly: true,
  },
  { act: 'page-up', keys: ['pageup', 'ctrl+b'], places: scrolling, does: 'a page up', section: 'Move', keyOnly: true },
  {
    act: 'first',
    keys: ['g', 'home'],
    places: ['list', 'thread', 'help'],
    does: 'to the first',
    section: 'Move',
    keyOnly: true,
  },
  {
    act: 'last',
    keys: ['G', 'end'],
    places: ['list', 'thread', 'help'],
    does: 'to the last; in a list, loads all of it',
    section: 'Move',
    keyOnly: true,
  },
  {
    act: 'open',
    keys: ['enter', 'l', 'right'],
    places: ['list'],
    does: 'open the conversation',
    hint: 'open',
    section: 'Move',
    keyOnly: true,
  },
  {
    act: 'back',
    keys: ['esc', 'h', 'left'],
    places: ['thread', 'list'],
    does: 'back to the list; in the list, end the filter',
    hint: 'back',
    section: 'Move',
    keyOnly: true,
  },
  {
    act: 'switch-pane',
    keys: ['tab'],
    places: both,
    does: 'between list and conversation',
    section: 'Move',
    keyOnly: true,
  },
  { act: 'next-group', keys: [']'], places: both, does: 'the next group', section: 'Move' },
  { act: 'previous-group', keys: ['['], places: both, does: 'the group before', section: 'Move' },
  {
    act: 'group',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    places: both,
    does: 'the first, second, … group',
    section: 'Move',
    argument: 'name',
  },
  { act: 'next-unread', keys: ['n'], places: both, does: 'the next one with something unread', section: 'Move' },

  { act: 'reply', keys: ['r'], places: both, does: 'answer here', hint: 'reply', section: 'Answer' },
  { act: 'reply-in-editor', keys: ['R'], places: both, does: 'answer in $VISUAL or $EDITOR', section: 'Answer' },
  { act: 'take', keys: ['t'], places: both, does: 'make it yours', hint: 'take', section: 'Answer' },
  {
    act: 'assign',
    keys: ['a'],
    places: both,
    does: 'give it to a colleague, a team, or back to the queue',
    hint: 'assign',
    section: 'Answer',
    argument: 'whom',
  },
  {
    act: 'close',
    keys: ['e'],
    places: both,
    does: 'close it, with a reason',
    hint: 'close',
    section: 'Answer',
    argument: 'reason',
  },
  { act: 'reopen', keys: ['o'], places: both, does: 'open a closed one again', section: 'Answer' },
  {
    act: 'mark-read',
    keys: ['u'],
    places: both,
    does: 'mark it read; what is yours is, when you open it',
    section: 'Answer',
  },
  { act: 'send-again', keys: ['!'], places: both, does: 'send again what was not sent', section: 'Answer' },
  {
    act: 'take-back',
    keys: ['D'],
    places: both,
    does: 'take back what is not on its way yet, into the draft',
    section: 'Answer',
  },

  {
    act: 'filter',
    keys: ['/'],
    places: both,
    does: 'narrow the list',
    hint: 'filter',
    section: 'Look',
    argument: 'words',
  },
  { act: 'palette', keys: [':'], places: both, does: 'everything by name', section: 'Look', keyOnly: true },
  { act: 'help', keys: ['?'], places: both, does: 'this help', hint: 'help', section: 'Look' },
  {
    act: 'redraw',
    keys: ['ctrl+l'],
    places: ['list', 'thread', 'write', 'pick', 'help'],
    does: 'draw the screen anew',
    section: 'Look',
  },
  { act: 'suspend', keys: ['ctrl+z'], places: both, does: 'to the shell; `fg` comes back', section: 'Look' },
  { act: 'quit', keys: ['q', 'ctrl+c'], places: both, does: 'leave; drafts are kept', hint: 'quit', section: 'Look' },

  { act: 'send', keys: ['enter'], places: ['write'], does: 'send it', hint: 'send', section: 'Write', keyOnly: true },
  {
    act: 'new-line',
    keys: ['alt+enter', 'ctrl+j', 'shift+enter'],
    places: ['write'],
    does: 'break the line',
    hint: 'new line',
    section: 'Write',
    keyOnly: true,
  },
  {
    act: 'to-editor',
    keys: ['ctrl+o'],
    places: ['write'],
    does: 'go on in $VISUAL or $EDITOR',
    hint: 'editor',
    section: 'Write',
    keyOnly: true,
  },
  {
    act: 'leave',
    keys: ['esc', 'ctrl+c'],
    places: ['write', 'pick'],
    does: 'leave; what was written is kept as a draft',
    hint: 'leave',
    section: 'Write',
    keyOnly: true,
  },
  { act: 'row-up', keys: ['up'], places: ['write'], does: 'a line up', section: 'Write', keyOnly: true },
  { act: 'row-down', keys: ['down'], places: ['write'], does: 'a line down', section: 'Write', keyOnly: true },
  edit('left', ['left'], 'a character to the left'),
  edit('right', ['right'], 'a character to the right'),
  edit('word-left', ['alt+b', 'ctrl+left', 'alt+left'], 'a word to the left'),
  edit('word-right', ['alt+f', 'ctrl+right', 'alt+right'], 'a word to the right'),
  edit('line-start', ['ctrl+a', 'home'], 'to the beginning of the line'),
  edit('line-end', ['ctrl+e', 'end'], 'to the end of the line'),
  edit('delete-back', ['backspace'], 'delete the character before'),
  edit('delete-forward', ['delete', 'ctrl+d'], 'delete the character behind'),
  edit('delete-word', ['ctrl+w', 'alt+backspace'], 'delete the word before'),
  edit('delete-to-start', ['ctrl+u'], 'delete to the beginning of the line'),
  edit('delete-to-end', ['ctrl+k'], 'delete to the end of the line'),

  {
    act: 'choose',
    keys: ['enter'],
    places: ['pick'],
    does: 'choose it',
    hint: 'choose',
    section: 'Choose',
    keyOnly: true,
  },
  {
    act: 'pick-down',
    keys: ['down', 'ctrl+n', 'tab'],
    places: ['pick'],
    does: 'the next one',
    section: 'Choose',
    keyOnly: true,
  },
  {
    act: 'pick-up',
    keys: ['up', 'ctrl+p', 'shift+tab'],
    places: ['pick'],
    does: 'the one before',
    section: 'Choose',
    keyOnly: true,
  },
  {
    act: 'close-help',
    keys: ['esc', 'q', '?', 'ctrl+c', 'enter'],
    places: ['help'],
    does: 'close the help',
    hint: 'close',
    section: 'Choose',
    keyOnly: true,
  },
] as const satisfies readonly Binding[];

/** The name of one thing that can be done, as the profile and the palette write it. */
export type Act = (typeof table)[number]['act'];
