/** A bot: answers what it knows, and leaves the rest to people. README.md says how to run it. */
import { createStore, createTims, isTimsError, TimsApiError } from '@tims/sdk';
import { WebSocket } from 'ws';

const { TIMS_URL: url = 'http://127.0.0.1:4000', TIMS_EMAIL: email = '', TIMS_PASSWORD: password = '' } = process.env;
/** @type {[RegExp, string][]} */
const knowledge = [
  [/opening hours|when (are|do) you open/i, 'We are open from Monday to Friday, 9 am to 6 pm.'],
  [/where are you|your address/i, 'You find us at Jalan Raja 1, on the second floor.'],
];

const tims = createTims({ url, WebSocket });
const me = await tims.login({ email, password }).catch(giveUp);
const store = createStore(tims, { onError: (error) => console.error(String(error)) });
const [queue, mine] = [{ status: /** @type {const} */ ('queued') }, { assigneeId: me.id, lifecycle: /** @type {const} */ ('open') }];
/** Messages that were looked at. */
const seen = new Set();

store.subscribe(look);
await Promise.all([store.load(queue), store.load(mine)]).catch(giveUp);
const live = store.connect();
// What failed while the server was away is tried again.
live.onState(() => live.state === 'live' && look());
process.once('SIGINT', stop).once('SIGTERM', stop);
console.log(`${me.name} is listening at ${url}. Stop with Ctrl-C.`);

function look() {
  for (const conversation of [queue, mine].flatMap((list) => store.list(list)?.conversations ?? [])) void attend(conversation);
}

/** @param {import('@tims/sdk').Conversation} conversation */
async function attend({ id, assigneeId, lastMessage, contact }) {
  if (lastMessage?.direction !== 'inbound' || seen.has(lastMessage.id)) return;
  seen.add(lastMessage.id);
  const [, text] = knowledge.find(([question]) => question.test(lastMessage.preview)) ?? [];
  try {
    if (text && assigneeId === null) await tims.conversations.take({ id });
    // Under this key it is said once, also when this program starts anew before it hears that it was.
    if (text) await tims.messages.send({ conversationId: id, text }, { idempotencyKey: `answer-${lastMessage.id}` });
    else if (assigneeId === me.id) await tims.conversations.assign({ id, assigneeId: null });
  } catch (error) {
    
  }
}
