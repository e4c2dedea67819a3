import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Asides, createAsides, createTims, type FollowUp, type Note, type RealtimeItem } from '../src/index.js';
import { conversation, second, told } from './inbox.js';
import { problem, type ScriptedServer, startScriptedServer } from './scripted-server.js';
import { until } from './until.js';

let server: ScriptedServer;
let asides: Asides;
let notes: Note[];
let followUps: FollowUp[];
let asked: string[];
let tell: (items: readonly RealtimeItem[]) => void;
let gate: Promise<void>;

beforeEach(async () => {
  server = await startScriptedServer();
  [notes, followUps, asked, gate] = [[], [], [], Promise.resolve()];
  server.otherwise = async ({ url }) => {
    const { pathname, searchParams } = new URL(url, 'http://inbox');
    asked.push(pathname);
    const all = pathname === '/api/follow-ups' ? followUps : notes;
    const at = Number(searchParams.get('cursor') ?? 0);
    const data = all.slice(at, at + 100);
    const nextCursor = all.length > at + 100 ? String(at + 100) : null;
    await gate;
    return { body: { data, nextCursor, asOf: 'snapshot' } };
  };
  const live = {
    subscribe(listener: typeof tell) {
      tell = listener;
      return () => {};
    },
  };
  asides = createAsides({ tims: createTims({ url: server.url, retries: 0 }), live });
});
afterEach(async () => {
  asides.close();
  await server.close();
});

const shown = () =>
  asides
    .getSnapshot()
    .get('cnv_1')
    ?.notes.map(({ text }) => text);
const about = (type: Parameters<typeof told>[0], entityId: string, entityVersion = 1) =>
  told(type, conversation('cnv_1'), { entityId, entityVersion });

function note(id: string, more: Partial<Note> = {}): Note {
  return {
    id,
    conversationId: 'cnv_1',
    contactId: null,
    kind: 'note',
    authorId: 'usr_1',
    aboutUserId: null,
    text: id,
    mentions: [],
    pinnedAt: null,
    editedAt: null,
    createdAt: second(Number(id.split('_')[1])),
    version: 1,
    ...more,
  };
}

const followUp: FollowUp = {
  id: 'fup_1',
  conversationId: 'cnv_1',
  userId: 'usr_1',
  dueAt: second(60),
  due: true,
  text: null,
  createdBy: 'usr_1',
  doneAt: null,
  createdAt: second(0),
  version: 1,
};

/** Answers from now on are made at once, and given when the returned function is called. */
function hold(): () => void {
  let release = () => {};
  gate = new Promise((resolve) => {
    release = resolve;
  });
  return () => {
    release();
    gate = Promise.resolve();
  };
}

describe('the notes of an open conversation', () => {
  it('are there oldest first, and follow what events tell', async () => {
    notes = [note('not_2', { pinnedAt: second(9) }), note('not_1')];
    await asides.open('cnv_1');
    expect(shown()).toEqual(['not_1', 'not_2']);

    asked.length = 0;
    notes = [note('not_2', { text: 'changed', version: 2 }), note('not_3')];
    tell([about('note.updated', 'not_2', 2), about('note.created', 'not_3'), about('note.deleted', 'not_1', 2)]);
    await until(() => shown()?.join() === 'changed,not_3');
    expect(asked.sort()).toEqual(['/api/conversations/cnv_1/notes', '/api/follow-ups']);
  });

  it('are all there, however many', async () => {
    notes = Array.from({ length: 250 }, (_, index) => note(`not_${index}`));
    await asides.open('cnv_1');
    expect(shown()).toHaveLength(250);
  });

  it('are not asked for where nobody has the conversation open', async () => {
    await asides.open('cnv_1');
    asked.length = 0;
    tell([told('note.created', conversation('cnv_2'), { entityId: 'not_9' })]);
    asides.leave('cnv_1');
    tell([about('note.created', 'not_3')]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toEqual([]);
  });

  it('show what an action did, also when an answer from before it comes late', async () => {
    await asides.open('cnv_1');
    const release = hold();
    tell([about('note.created', 'not_4')]);
    await until(() => asked.length > 2);
    asides.change('cnv_1', (aside) => ({ ...aside, notes: [note('not_5')] }));
    expect(shown()).toEqual(['not_5']);
    notes = [note('not_5')];
    release();
    await until(() => asked.length > 4);
    expect(shown()).toEqual(['not_5']);
  });

  it('are read anew after what was missed', async () => {
    await asides.open('cnv_1');
    notes = [note('not_1')];
    tell([{ type: 'resync_required', cursor: 'c' }]);
    await until(() => shown()?.join() === 'not_1');
  });

  it('are none where the conversation is not seen whole, and come once it is', async () => {
    server.next(problem(404, 'not_found'), problem(403, 'forbidden'));
    await asides.open('cnv_1');
    expect(shown()).toEqual([]);
    notes = [note('not_1')];
    tell([about('conversation.assigned', 'cnv_1', 2)]);
    await until(() => shown()?.join() === 'not_1');
  });

  it('are asked for again where the server had trouble', async () => {
    server.next(problem(503, 'overloaded'));
    notes = [note('not_1')];
    await asides.open('cnv_1');
    expect(shown()).toEqual(['not_1']);
  });
});

it('are followed by its follow-ups, read anew when one is made, due or done', async () => {
  await asides.open('cnv_1');
  followUps = [followUp];
  tell([about('follow_up.due', 'fup_1')]);
  await until(() => asides.getSnapshot().get('cnv_1')?.followUps[0]?.due);
});
