import { afterEach, beforeEach, expect, test } from 'vitest';
import whatsapp from '../src/index.js';
import { type DemoCustomers, demoPersonas, startDemoCustomers } from '../src/simulator/index.js';
import { openStage, phoneNumberId, type Stage } from './stage.js';

let stage: Stage;
let demo: DemoCustomers | undefined;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  await demo?.stop();
  await stage.close();
});

const quick = { perMinute: 6000, thinkMs: { min: 0, max: 0 }, seed: 3 };

function inbound() {
  return stage.receiver.received.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'message' ? [event] : [])),
  );
}

test('every persona opens a conversation in their own words', async () => {
  demo = startDemoCustomers({ url: stage.simulator.url, phoneNumberIds: [phoneNumberId], ...quick });
  await stage.receiver.until(demoPersonas.length);
  await demo.stop();
  const names = new Set(inbound().map(({ person }) => person.name));
  expect([...names].sort()).toEqual(demoPersonas.map(({ customer }) => customer.name).sort());
  expect(demoPersonas.length).toBeGreaterThanOrEqual(12);
});

test('a persona answers what is asked', async () => {
  const [persona] = demoPersonas.slice(3);
  if (!persona) throw new Error('the fourth persona is gone');
  const single = { ...persona, openings: ['Hi'] };
  demo = startDemoCustomers({
    url: stage.simulator.url,
    phoneNumberIds: [phoneNumberId],
    personas: [single],
    ...quick,
  });
  await stage.receiver.until(1);
  const [opening] = inbound();
  await stage.meta.configure({ statuses: false });
  await whatsapp.send.text(
    { id: 'msg_1', to: opening?.person.keys ?? [], content: { type: 'text', v: 1, text: 'Which day suits you?' } },
    stage.context(),
  );
  const said = () => inbound().map(({ content }) => (content.type === 'text' ? content.text : ''));
  while (!said().includes(persona.answers.time ?? '')) await stage.receiver.until(stage.receiver.received.length + 1);
  expect(said()).toContain(persona.answers.time);
});

test('a simulator that is gone is reported, and the demo can be stopped', async () => {
  const errors: unknown[] = [];
  const gone = new Promise<void>((resolve) => {
    demo = startDemoCustomers({
      url: 'http://127.0.0.1:9',
      phoneNumberIds: [phoneNumberId],
      ...quick,
      onError: (error) => {
        errors.push(error);
        resolve();
      },
    });
  });
  await gone;
  await demo?.stop();
  expect(errors.length).toBeGreaterThan(0);
});
