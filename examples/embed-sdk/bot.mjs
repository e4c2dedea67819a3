// A bot that answers what it knows and leaves the rest to people. README.md says how to run it.
import { createStore, createTims } from '@tims/sdk';
// @ts-expect-error: without @types/ws it has no types. Node has a WebSocket of its own from version 22 on.
import { WebSocket } from 'ws';

const { TIMS_URL: url = 'http://127.0.0.1:4000', TIMS_EMAIL: email = '', TIMS_PASSWORD: password = '' } = process.env;
const answerTo = (text = '') => /opening|do you open/i.test(text) && 'We are open Monday to Friday, 9 am to 6 pm.';

const tims = createTims({ url, WebSocket });
const me = await tims.login({ email, password });
const store = createStore(tims, { onError: console.error });
/** @type {import('@tims/sdk').ConversationFilter[]} what waits in the queue, and what the bot has */
const lists = [{ status: 'queued' }, { assigneeId: me.id, lifecycle: 'open' }];
await Promise.all(lists.map((list) => store.load(list)));

const seen = new Set(); // the last messages that were looked at
function look() {
  for (const { id, assigneeId, lastMessage } of lists.flatMap((list) => store.list(list)?.conversations ?? [])) {
    const text = answerTo(lastMessage?.preview);
    if (lastMessage?.direction !== 'inbound' || seen.has(lastMessage.id) || !(text || assigneeId)) continue;
    seen.add(lastMessage.id);
    attend(id, assigneeId, text, `answer-${lastMessage.id}`).catch((error) => {
      console.error(String(error));
      seen.delete(lastMessage.id); // so that it is looked at again
    });
  }
}

/**
 * Takes the conversation and answers; puts one back that it has and knows no answer for.
 *
 * @param {string} id @param {string | null} assigneeId @param {string | false} text @param {string} idempotencyKey
 */
async function attend(id, assigneeId, text, idempotencyKey) {
  if (!text) return void (await tims.conversations.assign({ id, assigneeId: null }));
  if (!assigneeId) await tims.conversations.take({ id });
  // Under one key it is one answer, also when it is sent again because nobody heard whether it was.
  await tims.messages.send({ conversationId: id, text }, { idempotencyKey });
  await tims.conversations.read({ id });
}

// The connection comes back by itself, and tells what was missed.
store.subscribe(look);
store.connect().onState(look);
console.log(`${me.name} listens at ${url}; Ctrl-C ends it.`);
process.once('SIGINT', () => tims.logout().finally(() => store.close()));
