import type { View } from '../inbox.js';
import type { Keymap } from '../keys/keymap.js';
import type { Act, Place } from '../keys/table.js';
import { may, type Permission } from '../state/people.js';
import { placeOf } from '../state/place.js';
import { type Line, lineWidth, type Span, sides, span } from './line.js';

/** The last line: what just happened, else the keys that matter most here; at the right how things stand. */
export function statusLine(view: View, keymap: Keymap): Line {
  const { state, data, layout } = view;
  const { notice } = state;
  const right = connectionSpan(view);
  if (notice) {
    const tone = notice.tone === 'good' ? 'good' : notice.tone === 'bad' ? 'bad' : 'strong';
    return sides([span(` ${notice.text}`, tone)], [], layout.width);
  }
  const told = data.unread > 0 ? [span(`◆ ${data.unread} ${keymap.keyOf('notifications')} `, 'marked')] : [];
  const name = layout.width >= 70 ? [span(`${data.people.me.name} `, 'dim')] : [];
  return sides(
    hints(view, keymap, layout.width - lineWidth([...told, ...name, right]) - 2),
    [...told, ...name, right, span(' ')],
    layout.width,
  );
}

function connectionSpan({ data }: View): Span {
  switch (data.connection.state) {
    case 'live':
      return span('●', 'good');
    case 'connecting':
      return span('◌', 'dim');
    default:
      return span('○', 'warn');
  }
}

/** Which acts are worth their place, the most useful first. */
const useful: Readonly<Record<Place, readonly Act[]>> = {
  list: ['open', 'take', 'reply', 'assign', 'close', 'search', 'filter', 'palette', 'help', 'quit', 'tag'],
  thread: ['reply', 'take', 'note', 'assign', 'close', 'tag', 'remind', 'back', 'palette', 'help'],
  write: ['send', 'switch-note', 'insert-canned', 'new-line', 'to-editor', 'leave'],
  pick: ['choose', 'leave'],
  help: ['close-help'],
};

/** What the role does not allow is not offered. */
const permissionOf: Partial<Record<Act, Permission>> = {
  reply: 'conversations:reply',
  note: 'conversations:note',
  take: 'conversations:take',
  assign: 'conversations:assign',
  close: 'conversations:close',
  reopen: 'conversations:reopen',
  tag: 'conversations:tag',
  remind: 'conversations:follow_up',
};

const words: Partial<Record<Act, string>> = { palette: 'commands', reopen: 'reopen', 'send-again': 'send again' };

function hints({ state, data }: View, keymap: Keymap, width: number): Line {
  const place = placeOf(state);
  const conversation = place === 'thread' ? data.page?.conversation : data.rows[state.selected.index];
  const marked = place === 'list' && state.marked.size > 0;
  const fits = (act: Act): Act[] => {
    if (marked) return ['take', 'assign', 'close', 'tag'].includes(act) ? [act] : [];
    const permission = permissionOf[act];
    if (permission && conversation && !may(data.people, permission, conversation)) return [];
    if (!conversation) return ['take', 'reply', 'assign', 'close', 'open', 'tag'].includes(act) ? [] : [act];
    const { status } = conversation;
    if (status === 'closed')
      return act === 'take' ? ['reopen'] : ['reply', 'assign', 'close'].includes(act) ? [] : [act];
    return act === 'take' && status !== 'queued' && status !== 'new' ? [] : [act];
  };
  const spans: Span[] = [span(' ')];
  for (const act of useful[place].flatMap(fits)) {
    const key = keymap.keyOf(act);
    const hint = words[act] ?? keymap.bindings.find((binding) => binding.act === act)?.hint;
    if (key === '' || !hint) continue;
    const next = [span(key, 'accent'), span(` ${hint}   `, 'dim')];
    if (lineWidth([...spans, ...next]) - 2 > width) break;
    spans.push(...next);
  }
  return spans;
}
