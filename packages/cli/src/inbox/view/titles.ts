import type { View } from '../inbox.js';
import { shortCount } from '../state/groups.js';
import { contactName } from '../state/people.js';
import { widthOf } from '../text/width.js';
import { fitLine, type Line, lineWidth, type Span, span } from './line.js';

/** The line above the parts of the screen: a rule with their titles, the one that has the keys in the accent. */
export function titleLine({ state, data, layout }: View): Line {
  const { groups, list, thread } = layout;
  const { page } = data;
  const listHasKeys = state.pane === 'list' && state.mode.name !== 'write';
  const parts: Line[] = [];
  if (groups) parts.push(titled([span('TIMS', 'strong')], groups.width));
  if (list) parts.push(titled(listTitle(state.query, data, listHasKeys), list.width));
  if (thread) {
    const name = page ? contactName(page.conversation) : 'Conversation';
    parts.push(titled([span(name, listHasKeys ? 'strong' : 'title')], thread.width));
  }
  return parts.flatMap((part, index) => (index === 0 ? part : [span('┬', 'dim'), ...part]));
}

function listTitle(query: string, { group, rows, list }: View['data'], focused: boolean): Span[] {
  const tone = focused ? 'title' : 'strong';
  const searched = query !== '' ? `${rows.length}${list.hasMore ? '+' : ''} of ` : '';
  const count = group.count ? ` ${searched}${shortCount(group.count.total)}` : '';
  return [span(`${group.name}`, tone), span(count, 'dim'), ...(query ? [span(` /${query}`, 'accent')] : [])];
}

function titled(title: Line, width: number): Line {
  const head = fitLine([span('─ ', 'dim'), ...title, span(' ', 'dim')], Math.min(width, lineWidth(title) + 3));
  const rest = width - head.reduce((sum, { text }) => sum + widthOf(text), 0);
  return rest > 0 ? [...head, span('─'.repeat(rest), 'dim')] : head;
}
