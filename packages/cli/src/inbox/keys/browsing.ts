import { bindings, both } from './binding.js';

const anywhere = ['list', 'thread', 'help'] as const;
const scrolling = ['list', 'thread', 'write', 'help'] as const;
const list = ['list'] as const;

const cursor = bindings('Move', { places: anywhere, keyOnly: true });
const move = bindings('Move', { places: both });
const answer = bindings('Answer', { places: both });
const look = bindings('Look', { places: both });

/** The keys of the list and the conversation. */
export const browsing = [
  cursor('down', ['j', 'down'], 'one down'),
  cursor('up', ['k', 'up'], 'one up'),
  cursor('page-down', ['pagedown', 'ctrl+f'], 'a page down', { places: scrolling }),
  cursor('page-up', ['pageup', 'ctrl+b'], 'a page up', { places: scrolling }),
  cursor('first', ['g', 'home'], 'to the first'),
  cursor('last', ['G', 'end'], 'to the last; in a list, loads all of it'),
  cursor('open', ['enter', 'l', 'right'], 'open the conversation', { places: list, hint: 'open' }),
  cursor('back', ['esc', 'h', 'left'], 'back to the list; in the list, take marks off, end the filter', {
    places: both,
    hint: 'back',
  }),
  cursor('switch-pane', ['tab'], 'between list and conversation', { places: both }),
  move('next-group', [']'], 'the next group'),
  move('previous-group', ['['], 'the group before'),
  move('group', ['1', '2', '3', '4', '5', '6', '7', '8', '9'], 'the first, second, … group', { argument: 'name' }),
  move('next-unread', ['n'], 'the next one with something unread'),
  cursor('mark', ['space'], 'mark it; the next act is for all that are marked', { places: list }),
  move('mark-all', ['*'], 'mark all that are loaded, or none', { places: list }),

  answer('reply', ['r'], 'answer here', { hint: 'reply' }),
  answer('reply-in-editor', ['R'], 'answer in $VISUAL or $EDITOR'),
  answer('note', ['m'], 'write a note, which only colleagues read', { hint: 'note' }),
  answer('feedback', ['M'], 'write feedback for a colleague on it', { argument: 'whom' }),
  answer('notes', ['P'], 'its notes: pin, change, remove'),
  answer('canned', ['c'], 'answer with a canned response', { argument: 'shortcut' }),
  answer('take', ['t'], 'make it yours', { hint: 'take' }),
  answer('assign', ['a'], 'give it to a colleague, a team, or back to the queue', { hint: 'assign', argument: 'whom' }),
  answer('close', ['e'], 'close it, with a reason', { hint: 'close', argument: 'reason' }),
  answer('transfer', ['T'], 'give it to a colleague or a team, with a note', { argument: 'whom' }),
  answer('tag', ['#'], 'put tags on it, or take them off', { hint: 'tag', argument: 'name' }),
  answer('tag-message', ['x'], 'put tags on a single message, or take them off'),
  answer('remind', ['f'], 'follow it up: it comes back at a time', { hint: 'later', argument: 'when' }),
  answer('follow-ups', ['F'], 'what is to be followed up: done, or again'),
  answer('watch', ['w'], 'be told when the customer writes, or no longer'),
  answer('watchers', ['W'], 'who is told when the customer writes'),
  answer('pend', ['p'], 'wait for the customer, or for a time'),
  answer('reopen', ['o'], 'open a closed one again'),
  answer('mark-read', ['u'], 'mark it read; what is yours is, when you open it'),
  answer('send-again', ['!'], 'send again what was not sent'),
  answer('take-back', ['D'], 'take back what is not on its way yet, into the draft'),

  look('filter', ['/'], 'narrow the list; the server looks for the words, too', { hint: 'filter', argument: 'words' }),
  look('search', ['s'], 'look for it everywhere: messages, contacts, notes, tags', {
    hint: 'search',
    argument: 'words',
  }),
  look('notifications', ['N'], 'what is for you to know'),
  look('contact', ['i'], 'the customer: what is known, notes, what else they wrote'),
  look('save-view', ['V'], 'keep this filter as a view, for yourself or others', { argument: 'name' }),
  look('share-view', ['S'], 'share a view with a team or everybody, or take it back'),
  look('delete-view', [], 'remove a view'),
  look('palette', [':'], 'everything by name', { keyOnly: true }),
  look('help', ['?'], 'this help', { hint: 'help' }),
  look('redraw', ['ctrl+l'], 'draw the screen anew', { places: ['list', 'thread', 'write', 'pick', 'help'] }),
  look('suspend', ['ctrl+z'], 'to the shell; `fg` comes back'),
  look('quit', ['q', 'ctrl+c'], 'leave; drafts are kept', { hint: 'quit' }),
] as const;
