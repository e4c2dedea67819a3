import type { Context } from '../../database/context.js';
import type { People } from '../../features/contacts/index.js';
import type { MessageRecord } from '../../features/messages/index.js';
import type { MessageUpdate } from '../../plugin/index.js';

interface ReactionRow {
  message_id: string;
  author: string;
  emoji: string | null;
  at: number;
}

/** Writes each author's newest reaction to each message; answers with the messages whose reactions changed. */
export async function writeReactions(
  ctx: Context,
  matched: { event: MessageUpdate; message: MessageRecord }[],
  people: People,
): Promise<Set<MessageRecord>> {
  const wanted = new Map<string, { row: ReactionRow; message: MessageRecord }>();
  for (const { event, message } of matched) {
    if (event.update.type !== 'reaction' || message.content.type === 'erased') continue;
    const author = event.update.byUs ? 'us' : people.find(event.update.person)?.id;
    if (!author) continue;
    const name = `${message.id} ${author}`;
    const earlier = wanted.get(name);
    if (earlier && earlier.row.at > event.at) continue;
    const emoji = event.update.emoji === null ? null : [...event.update.emoji].slice(0, 16).join('');
    wanted.set(name, { row: { message_id: message.id, author, emoji, at: event.at }, message });
  }
  if (wanted.size === 0) return new Set();
  const standing: ReactionRow[] = await ctx
    .trx('reactions')
    .where('organization_id', ctx.organization)
    .whereIn(
      'message_id',
      [...wanted.values()].map(({ row }) => row.message_id),
    );
  const known = new Map(standing.map((row) => [`${row.message_id} ${row.author}`, row]));
  const fresh = [...wanted].filter(([name, { row }]) => {
    const before = known.get(name);
    // A repeated one counts from its own time: an older, other one that comes late must not win over it.
    return !before || before.at < row.at || (before.at === row.at && before.emoji !== row.emoji);
  });
  const { dialect } = ctx.installation.storage;
  const rows = (stands: boolean) =>
    fresh
      .filter(([name]) => known.has(name) === stands)
      .map(([, { row }]) => ({ organization_id: ctx.organization, ...row }));
  await dialect.bulkInsert(ctx.trx, 'reactions', rows(false));
  await dialect.bulkUpdate(ctx.trx, 'reactions', ['organization_id', 'message_id', 'author'], rows(true));
  const changed = fresh.filter(([name, { row }]) => known.get(name)?.emoji !== row.emoji);
  return new Set(changed.map(([, { message }]) => message));
}
