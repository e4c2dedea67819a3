import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterEach(() => office.empty());
afterAll(() => office.close());

test('a draft follows its writer to another terminal, and changes there live', async () => {
  const id = await office.conversation('Drafted Person');
  const [here, there] = [await office.sit(), await office.sit()];
  await here.open('Drafted Person');
  here.press('rGood morning\u001b');
  const kept = async () => (await here.tims.drafts.get({ id })).text;
  await expect.poll(kept, { timeout: 10_000 }).toBe('Good morning');
  await there.open('Drafted Person');
  await there.until(({ data }) => data.draft === 'Good morning', 'the draft');
  there.press('r, Ana\u001b');
  await expect.poll(kept, { timeout: 10_000 }).toBe('Good morning, Ana');
  await here.until(({ data }) => data.draft === 'Good morning, Ana', 'what was written there');
  here.press('r\r');
  await there.until(({ data }) => data.draft === '', 'that it was sent');
});

test('nothing changes under the fingers of who writes, and what they write stands', async () => {
  const id = await office.conversation('Busy Person');
  const desk = await office.sit();
  await desk.open('Busy Person');
  desk.press('rMine');
  await desk.tims.drafts.save({ id, text: 'From elsewhere', version: (await desk.tims.drafts.get({ id })).version });
  await expect.poll(async () => (await desk.tims.drafts.get({ id })).text, { timeout: 10_000 }).toBe('Mine');
  expect(desk.inbox.view().state.mode).toMatchObject({ field: { text: 'Mine' } });
});

test('what a program left as a draft moves no terminal', async () => {
  const id = await office.conversation('Program Person');
  const desk = await office.sit();
  await desk.tims.drafts.save({ id, text: 'Hi \u001b]0;owned\u0007\u001b[2J\u202ethere', version: 0 });
  await desk.open('Program Person');
  await desk.until(({ data }) => data.draft === 'Hi there', 'the draft');
});
