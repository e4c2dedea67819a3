// What README.md shows; its test compares the two and runs this.
import { createTims } from '../src/index.js';

export async function example(url: string, email: string, password: string, WebSocket: typeof import('ws').WebSocket) {
  // README
  const tims = createTims({ url, WebSocket });
  await tims.login({ email, password });

  const live = tims.realtime();
  live.subscribe((items) => {
    for (const item of items) if (item.type === 'event') console.log(item.event.type, item.event.entityId);
  });

  for await (const { id, contact } of tims.conversations.list({ status: 'queued' })) {
    await tims.messages.send({ conversationId: id, text: `Hello ${contact.name ?? ''}, how can I help?` });
  }
  // README
  return live;
}
