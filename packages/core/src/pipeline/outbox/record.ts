import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import { lookUpPeople } from '../../features/contacts/index.js';
import { findConversations, isErased } from '../../features/conversations/index.js';
import { isForward, lockMessages, type MessageRecord, updateMessages } from '../../features/messages/index.js';
import type { Installation } from '../../installation.js';
import { messageUpdated } from '../event-log/message-updated.js';
import { joinConversations } from '../ingest/identity-changes.js';
import { outboxActor, type Task } from './claim.js';
import type { Outcome } from './send.js';

interface Result {
  task: Task;
  outcome: Outcome;
}

const maxAttempts = 6;
/** A provider that keeps asking for patience gets it this long. */
const patienceMs = 3_600_000;

/** Writes what became of sends: the message's state, the outbox row's end or its next try, the events. */
export async function recordOutcomes(
  installation: Installation,
  organization: string,
  results: readonly Result[],
): Promise<void> {
  await transaction(installation, organization, outboxActor, async (ctx) => {
    const now = installation.clock.now();
    const messages = await lockMessages(
      ctx,
      results.map(({ task }) => task.message.id),
    );
    const byId = new Map(messages.map((message) => [message.id, message]));
    const changed: { before: MessageRecord; after: MessageRecord }[] = [];
    for (const { task, outcome } of results) {
      const before = byId.get(task.message.id);
      if (!before) continue;
      const again = nextTry(task, outcome, now);
      await settleRow(ctx, task, again);
      const after = afterOutcome(before, outcome, again !== undefined);
      if (after) changed.push({ before, after });
    }
    await updateMessages(
      ctx,
      changed.map(({ after }) => after),
    );
    await learnKeys(ctx, results);
    await tell(ctx, changed);
  });
}

interface NextTry {
  runAt: number;
  attempts: number;
}

function nextTry({ attempts, message }: Task, outcome: Outcome, now: number): NextTry | undefined {
  if (outcome.type === 'sent') return undefined;
  if (outcome.error.kind === 'rate_limited' && now - message.sentAt < patienceMs) {
    return { runAt: now + (outcome.retryAfterMs ?? 5_000), attempts };
  }
  if (outcome.error.kind !== 'retry' || attempts + 1 >= maxAttempts) return undefined;
  return { runAt: now + (outcome.retryAfterMs ?? 1_000 * 4 ** attempts), attempts: attempts + 1 };
}

async function settleRow({ trx }: Context, { key }: Task, again: NextTry | undefined): Promise<void> {
  const row = trx('outbox').where('key', key);
  if (again) {
    await row.update({
      state: 'queued',
      run_at: again.runAt,
      attempts: again.attempts,
      claimed_by: null,
      lease_until: null,
    });
  } else {
    await row.delete();
  }
}

function afterOutcome(before: MessageRecord, outcome: Outcome, again: boolean): MessageRecord | undefined {
  const version = before.version + 1;
  if (outcome.type === 'sent') {
    // A status may have come before the answer that names the message; it is never taken back.
    const state = isForward(before.state, 'sent') ? 'sent' : before.state;
    if (state === before.state && before.externalId !== null) return undefined;
    return { ...before, state, externalId: before.externalId ?? outcome.externalId, version };
  }
  if (before.state !== 'sending') return undefined;
  if (again) return { ...before, state: 'queued', version };
  return { ...before, state: outcome.error.kind === 'unknown' ? 'unknown' : 'failed', error: outcome.error, version };
}

/** Other names for the recipient that the provider told us. */
async function learnKeys(ctx: Context, results: readonly Result[]): Promise<void> {
  for (const { task, outcome } of results) {
    if (outcome.type !== 'sent') continue;
    const known = new Set(task.to.map((key) => `${key.type} ${key.value}`));
    const fresh = outcome.keys.filter((key) => !known.has(`${key.type} ${key.value}`));
    if (fresh.length === 0) continue;
    const [conversation] = await findConversations(ctx, [task.message.conversationId]);
    // The answer to what was on its way while somebody was erased makes nobody known again.
    if (conversation && isErased(conversation)) continue;
    const person = { keys: [...task.to, ...fresh] };
    const people = await lookUpPeople(ctx, task.message.channelId, [person]);
    people.meet(person);
    ctx.append(...(await people.flush()));
    await joinConversations(ctx, people.joined);
  }
}

async function tell(ctx: Context, changed: { before: MessageRecord; after: MessageRecord }[]): Promise<void> {
  const conversations = await findConversations(
    ctx,
    changed.map(({ after }) => after.conversationId),
  );
  const byId = new Map(conversations.map((one) => [one.id, one]));
  for (const { before, after } of changed) {
    const conversation = byId.get(after.conversationId);
    if (conversation) ctx.append(messageUpdated(after, conversation, { state: [before.state, after.state] }));
  }
}
