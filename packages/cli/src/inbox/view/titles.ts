import type { View } from '../inbox.js';
import { shortCount } from '../state/groups.js';
import { contactName } from '../state/people.js';
import { fitLine, type Line, lineWidth, type Span, span } from './line.js';
import { tagSpans } from './tags.js';

/** The line above the parts of the screen: a rule with their titles, the one that has the keys in the accent. */
export function titleLine({ state, data, layout }: View): Line {
  const { groups, list, thread } = layout;
  const { page } = data;
  const listHasKeys = state.pane === 'list' && state.mode.name !== 'write';
  const parts: Line[] = [];
  if (groups) parts.push(titled([span('TIMS', 'strong')], groups.width));
  if (list) {
    const at =
      data.rows.length === 0 ? '' : `${state.selected.index + 1}/${data.rows.length}${isMore(data) ? '+' : ''}`;
    const marked = state.marked.size > 0 ? [span(` ${state.marked.size} marked`, 'marked')] : [];
    parts.push(titled([...listTitle(state.query, data, listHasKeys), ...marked], list.width, at));
  }
  if (thread) {
    const name = page ? contactName(page.conversation) : 'Conversation';
    const tags = page ? tagSpans(data.people, page.conversation.tags) : [];
    parts.push(titled([span(name, listHasKeys ? 'strong' : 'title'), ...tags], thread.width));
  }
  return parts.flatMap((part, index) => (index === 0 ? part : [span('┬', 'dim'), ...part]));
}

/** Also while the server is still asked. */
function isMore({ list, search }: View['data']): boolean {
  return list.hasMore || search.hasMore || search.looking;
}

function listTitle(query: string, data: View['data'], focused: boolean): Span[] {
  const { group, rows } = data;
  const tone = focused ? 'title' : 'strong';
  const searched = query !== '' ? `${rows.length}${isMore(data) ? '+' : ''} of ` : '';
  const count = group.count ? ` ${searched}${shortCount(group.count.total)}${group.count.more ? '+' : ''}` : '';
  return [span(`${group.name}`, tone), span(count, 'dim'), ...(query ? [span(` /${query}`, 'accent')] : [])];
}

/** A title in a rule, and at its end a word in small. */
function titled(title: Line, width: number, end = ''): Line {
  const head = fitLine([span('─ ', 'dim'), ...title, span(' ', 'dim')], Math.min(width, lineWidth(title) + 3));
  const rest = width - lineWidth(head);
  if (end === '' || end.length + 4 > rest) return [...head, span('─'.repeat(rest), 'dim')];
  return [...head, span(`${'─'.repeat(rest - end.length - 3)} ${end} ─`, 'dim')];
}
