import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Message, type Outbox, timeline } from '../../src/index.js';
import { message } from '../inbox.js';
import { cut, me, mine, openScene, type Scene, settle } from './scene.js';

let scene: Scene;
let outbox: Outbox;
let messages: Message[];
beforeEach(() => {
  scene = openScene();
  messages = [];
  tell('msg_1', 'Hello', { author: { type: 'contact', id: 'idn_1' } });
  outbox = scene.open({ retryBaseMs: 60_000, retryCeilingMs: 60_000 });
});
afterEach(() => scene.close());

/** The socket tells of a message, and the store shows it. */
function tell(id: string, text: string, more: Partial<Message> = {}): void {
  const told = message(id, 'cnv_1', messages.length + 1, { ...mine(text), ...more });
  messages = [...messages, told];
  scene.show(told);
}
const shown = () =>
  timeline(messages, outbox.getSnapshot(), 'cnv_1', me).map((item) =>
    item.type === 'message' ? item.id : `${item.outgoing.text} ${item.outgoing.state}`,
  );
const send = (text: string) => outbox.send({ conversationId: 'cnv_1', text });

it('shows what is on its way behind the messages, and each item under a name of its own', async () => {
  const [one, two] = [send('one'), send('two')];
  expect(shown()).toEqual(['msg_1', 'one sending', 'two queued']);
  expect(timeline(messages, outbox.getSnapshot(), 'cnv_1', me).map(({ id }) => id)).toEqual([
    'msg_1',
    one.key,
    two.key,
  ]);
  expect(timeline([], outbox.getSnapshot(), 'cnv_2', me)).toEqual([]);
});

it('shows it once when the socket is faster than the answer', async () => {
  send('one');
  tell('msg_2', 'one');
  expect(shown()).toEqual(['msg_1', 'msg_2']);
  (await scene.call(0)).take('msg_2');
  await settle();
  expect(shown()).toEqual(['msg_1', 'msg_2']);
});

it('shows it once when the answer is faster than the socket', async () => {
  send('one');
  (await scene.call(0)).take('msg_2');
  await settle();
  expect(shown()).toEqual(['msg_1', 'one sent']);
  tell('msg_2', 'one');
  expect(shown()).toEqual(['msg_1', 'msg_2']);
});

it('shows it once while a lost answer is to be asked for again', async () => {
  send('one');
  (await scene.call(0)).fail(cut());
  await settle();
  expect(shown()).toEqual(['msg_1', 'one queued']);
  tell('msg_2', 'one');
  expect(shown()).toEqual(['msg_1', 'msg_2']);
});

it('shows both of two that say the same', async () => {
  send('ok');
  send('ok');
  tell('msg_2', 'ok');
  expect(shown()).toEqual(['msg_1', 'msg_2', 'ok queued']);
  (await scene.call(0)).take('msg_2');
  await scene.call(1);
  // The first is gone from the outbox, and its message does not stand for the second.
  expect(outbox.getSnapshot()).toHaveLength(1);
  expect(shown()).toEqual(['msg_1', 'msg_2', 'ok sending']);
  scene.calls[1]?.fail(cut());
  await settle();
  expect(shown()).toEqual(['msg_1', 'msg_2', 'ok queued']);
  tell('msg_3', 'ok');
  expect(shown()).toEqual(['msg_1', 'msg_2', 'msg_3']);
});

it('shows both of two that say the same also when the answers are faster', async () => {
  tell('msg_2', 'ok');
  send('ok');
  send('ok');
  (await scene.call(0)).take('msg_3');
  await scene.call(1);
  expect(shown()).toEqual(['msg_1', 'msg_2', 'ok sent', 'ok sending']);
  tell('msg_3', 'ok');
  expect(shown()).toEqual(['msg_1', 'msg_2', 'msg_3', 'ok sending']);
});

it('does not take an older message, or somebody else’s, for it', async () => {
  tell('msg_2', 'one');
  send('one');
  expect(shown()).toEqual(['msg_1', 'msg_2', 'one sending']);
  tell('msg_3', 'one', { author: { type: 'user', id: 'usr_other' } });
  tell('msg_4', 'one', { author: { type: 'contact', id: 'idn_1' } });
  expect(shown()).toEqual(['msg_1', 'msg_2', 'msg_3', 'msg_4', 'one sending']);
});

it('a retry is a new message: what was said meanwhile does not stand for it', async () => {
  const { key } = send('one');
  (await scene.call(0)).fail(new RangeError('refused'));
  await settle();
  tell('msg_2', 'one');
  expect(shown()).toEqual(['msg_1', 'msg_2', 'one refused']);
  outbox.retry(key);
  expect(shown()).toEqual(['msg_1', 'msg_2', 'one sending']);
});

it('looks at all that is loaded when the message before it is older than that', () => {
  send('one');
  const page = [message('msg_5', 'cnv_1', 5, mine('one'))];
  expect(timeline(page, outbox.getSnapshot(), 'cnv_1', me)).toHaveLength(1);
  const older = [message('msg_0', 'cnv_1', 0, mine('one'))];
  expect(timeline(older, outbox.getSnapshot(), 'cnv_1', me)).toHaveLength(2);
});
