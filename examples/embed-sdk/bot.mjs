// A bot that answers what it knows and leaves the rest to people. README.md says how to run it.
import { createStore, createTims } from '@tims/sdk';
// @ts-expect-error: without @types/ws it has no types. Node has a WebSocket of its own from version 22 on.
import { WebSocket } from 'ws';

const { TIMS_URL: url = 'http://127.0.0.1:4000', TIMS_EMAIL: email = '', TIMS_PASSWORD: password = '' } = process.env;
const answerTo = (text = '') =>
  /opening hours|do you open/i.test(text) && 'We are open Monday to Friday, 9 am to 6 pm.';

const tims = createTims({ url, WebSocket });
const me = await tims.login({ email, password });

// The store loads two lists, and keeps them as they are from then on: what nobody has, and what the bot has.
const store = createStore(tims, { onError: console.error });
/** @type {import('@tims/sdk').ConversationFilter[]} */
const lists = [{ status: 'queued' }, { assigneeId: me.id, lifecycle: 'open' }];
await Promise.all(lists.map((list) => store.load(list)));

/** @type {Map<string, Promise<void>>} by conversation and when something was last said in it: each is looked at once */
const work = new Map();
function look() {
  for (const one of lists.flatMap((list) => store.list(list)?.conversations ?? [])) {
    const moment = `${one.id} ${one.lastActivityAt}`;
    const asks = one.assigneeId ? one.unreadCount > 0 : answerTo(one.lastMessage?.preview);
    if (!asks || work.has(moment)) continue;
    const attended = attend(one).catch((error) => {
      console.error(String(error));
      work.delete(moment); // so that it is looked at again
    });
    work.set(moment, attended);
  }
}

/**
 * Takes the conversation, answers what is unread, and puts it back when it does not know.
 *
 * @param {import('@tims/sdk').Conversation} conversation as the store shows it, which may be a moment old
 */
async function attend({ id, assigneeId }) {
  if (!assigneeId) await tims.conversations.take({ id });
  const { conversation, messages } = await tims.conversations.get({ id });
  const unread = conversation.assigneeId === me.id ? conversation.unreadCount : 0;
  const said = messages.filter(({ direction }) => direction === 'inbound');
  for (const { id: messageId, content } of said.slice(said.length - unread)) {
    const text = content.type === 'text' && answerTo(content.text);
    if (!text) return void (await tims.conversations.assign({ id, assigneeId: null }));
    // Under one key it is one answer, also when it is sent again because nobody heard whether it was.
    await tims.messages.send({ conversationId: id, text }, { idempotencyKey: `answer-${messageId}` });
    await tims.conversations.read({ id, messageId });
  }
}

// The connection comes back by itself, and tells what was missed.
store.subscribe(look);
store.connect().onState(look);
console.log(`${me.name} listens at ${url}; Ctrl-C ends it.`);

process.once('SIGINT', async () => {
  store.close();
  await Promise.all(work.values());
  await tims.logout();
});
