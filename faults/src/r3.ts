import { newWamid, textWebhook } from '@tims/testing/whatsapp';
import { drill, hold } from './drill.js';
import { eachSetting } from './nodes.js';
import { postWebhook } from './requests.js';
import { phoneNumberId } from './scene.js';

await drill(
  'R3',
  '10 parallel first messages of one contact make one contact and one conversation',
  { short: 60_000, long: 180_000 },
  async (at) => {
    await eachSetting(at, async ({ name, scene, url, stop }) => {
      const rounds = at.short ? 10 : 50;
      for (let round = 0; round < rounds; round++) {
        const from = `6012345${String(round).padStart(4, '0')}`;
        const webhooks = Array.from({ length: 10 }, () => textWebhook({ phoneNumberId, from, id: newWamid() }));
        await Promise.all(
          webhooks.map(async (webhook, index) => {
            for (let tries = 0; (await postWebhook(url(index + tries), webhook)).status !== 200; tries++) {
              hold(tries < 20, `${name}: a webhook was refused twenty times`);
            }
          }),
        );
      }
      await stop();
      await scene.look(async ({ storage: { reader: db } }) => {
        const conversations: { unread_count: number; contact_id: string }[] = await db('conversations');
        hold(
          conversations.length === rounds,
          `${name}: ${rounds} customers have ${conversations.length} conversations`,
        );
        hold(
          (await db('contacts')).length === rounds,
          `${name}: ${rounds} customers are ${(await db('contacts')).length} contacts`,
        );
        hold(
          conversations.every((one) => one.unread_count === 10),
          `${name}: a conversation does not count ten messages`,
        );
        hold((await db('messages')).length === rounds * 10, `${name}: not all messages are stored`);
      });
      at.figure(name, `${rounds} contacts, ${rounds} conversations, ${rounds * 10} messages`);
    });
  },
);
