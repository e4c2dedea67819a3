import type { Answer, Http } from './http.js';
import { until } from './pace.js';
import type { Record } from './record.js';

/** Milliseconds from one thing that somebody does to the next. */
const paceMs = 2_000;

export interface Person {
  token: string;
  role: 'agent' | 'manager';
}

interface Shift {
  http: Http;
  record: Record;
  tags: readonly string[];
  startedAt: number;
  endsAt: number;
}

/** What everybody does who works: by these the API is measured. */
export const operations = ['list', 'counts', 'take', 'open', 'read', 'reply', 'note', 'tag', 'close'];

/** Somebody works: each step is due at its time, and its time is counted from then, also where the one before was late. */
export async function work(person: Person, number: number, shift: Shift): Promise<void> {
  const { http, record, startedAt, endsAt } = shift;
  const { token } = person;
  let dueAt = startedAt + ((number * 7919) % paceMs);
  const ask: Ask = async (operation, method, path, body) => {
    await until(dueAt);
    return record.of(operation, dueAt, () => http.call(method, path, { token, ...(body ? { body } : {}) }));
  };
  const turnOf = person.role === 'agent' ? turnOfAgent : turnOfManager;
  for (let turn = number; ; turn++) {
    const steps = turnOf(ask, turn, shift);
    for (let step = await steps.next(); !step.done; step = await steps.next()) {
      dueAt += paceMs;
      if (dueAt >= endsAt) return;
    }
  }
}

type Ask = (operation: string, method: string, path: string, body?: object) => Promise<Answer>;
/** Stops where time passes until the next step. */
type Turn = AsyncGenerator<undefined, void>;

/** Takes one that waits, reads it, answers, notes, tags, answers again, closes. */
async function* turnOfAgent(ask: Ask, turn: number, { tags }: Shift): Turn {
  const listed = idsIn((await ask('list', 'GET', '/api/conversations?status=queued&limit=50')).text);
  yield;
  // Colleagues do not all take the first; some take the same one.
  const id = listed[(turn * 31) % Math.max(1, listed.length)];
  if (id === undefined) return;
  const path = `/api/conversations/${id}`;
  const taken = await ask('take', 'POST', `${path}/take`);
  yield;
  if (taken.status !== 200) return;
  const opened = await ask('open', 'GET', path);
  yield;
  await ask('read', 'POST', `${path}/read`, {});
  yield;
  const first = { conversationId: id, text: 'Good morning! I am looking into it.' };
  await ask('reply', 'POST', '/api/messages/send', { ...first, ...seenIn(opened.text) });
  yield;
  if (turn % 3 === 0) {
    await ask('note', 'POST', `${path}/notes`, { text: 'Wrote to them before' });
    yield;
  }
  await ask('tag', 'POST', `${path}/tags`, { tagId: tags[turn % tags.length] });
  yield;
  await ask('reply', 'POST', '/api/messages/send', { conversationId: id, text: 'That is done. Anything else?' });
  yield;
  await ask('close', 'POST', `${path}/close`, { reason: 'resolved' });
  yield;
}

/** Looks over what is open, into one of them, and at the counts. */
async function* turnOfManager(ask: Ask, turn: number): Turn {
  const listed = idsIn((await ask('list', 'GET', '/api/conversations?lifecycle=open&limit=50')).text);
  yield;
  const id = listed[(turn * 31) % Math.max(1, listed.length)];
  if (id !== undefined) {
    await ask('open', 'GET', `/api/conversations/${id}`);
    yield;
  }
  await ask('counts', 'GET', '/api/conversations/counts');
  yield;
}

function idsIn(text: string): string[] {
  // The API's own answer, or an error, which has no data.
  const { data = [] }: { data?: { id: string }[] } = JSON.parse(text || '{}');
  return data.map(({ id }) => id);
}

/** The last message that they saw, so that they are told of a colleague's answer instead of answering twice. */
function seenIn(text: string): { seen?: string } {
  const { messages = [] }: { messages?: { id: string }[] } = JSON.parse(text || '{}');
  const last = messages.at(-1);
  return last ? { seen: last.id } : {};
}
