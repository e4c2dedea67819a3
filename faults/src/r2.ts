import { newWamid, textWebhook } from '@tims/testing/whatsapp';
import { drill, hold } from './drill.js';
import { eachSetting } from './nodes.js';
import { postWebhook } from './requests.js';
import { phoneNumberId } from './scene.js';

await drill(
  'R2',
  'one webhook 50 times in parallel is one message and one event',
  { short: 60_000, long: 180_000 },
  async (at) => {
    await eachSetting(at, async ({ name, scene, url, stop }) => {
      const rounds = at.short ? 5 : 20;
      const ids: string[] = [];
      for (let round = 0; round < rounds; round++) {
        const id = newWamid();
        ids.push(id);
        const webhook = textWebhook({ phoneNumberId, from: `6012345${String(round).padStart(4, '0')}`, id });
        const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => postWebhook(url(index), webhook)));
        // A node that is refused by the database for a moment says so with 503, and the provider comes again.
        const odd = answers.filter((answer) => answer.status !== 200 && answer.status !== 503);
        hold(odd.length === 0, `${name}: an answer was ${odd[0]?.status}: ${odd[0]?.body}`);
        hold(
          answers.some((answer) => answer.status === 200),
          `${name}: nobody took the webhook`,
        );
      }
      await stop();
      await scene.look(async ({ storage: { reader: db } }) => {
        const messages: { id: string; external_id: string }[] = await db('messages');
        hold(messages.length === rounds, `${name}: ${rounds} webhooks are ${messages.length} messages`);
        hold(
          ids.every((id) => messages.some((message) => message.external_id === id)),
          `${name}: a message is missing`,
        );
        const events: { entity_id: string }[] = await db('events').where('type', 'message.created');
        hold(events.length === rounds, `${name}: ${rounds} webhooks are ${events.length} events`);
        hold((await db('conversations')).length === rounds, `${name}: not one conversation each`);
      });
      at.figure(name, `${rounds} × 50 requests, ${rounds} messages, ${rounds} events`);
    });
  },
);
