import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { curlCall } from '../docs/.vitepress/api/calls.js';
import { operationsOf, readDocument, successOf } from '../docs/.vitepress/api/document.js';
import { exampleId } from '../docs/.vitepress/api/example.js';
import { apiPages } from '../docs/.vitepress/api/pages.js';
import { searchSections } from '../docs/.vitepress/api/search-sections.js';
import { createTims } from '../packages/sdk/src/index.js';
import { appCode } from '../packages/server/test/sign-in/app-code.js';
import { simulatorClient } from '../plugins/channel-whatsapp/src/simulator/index.js';
import { answerFault } from './snippets/answer-fault.js';
import { type Demo, demoPassword, openDemo, shellTools } from './snippets/demo.js';

const document = readDocument();
const pages = apiPages(document);

let demo: Demo;
let token: string;
beforeAll(async () => {
  demo = await openDemo();
  token = await tokenOf('admin@example.com');
});
afterAll(() => demo?.close());

const sessionOf = async (email: string) => {
  const session = await demo.tims.auth.login({ email, password: demoPassword });
  return 'accessToken' in session ? session : expect.fail('A session in tokens');
};
const tokenOf = async (email: string) => (await sessionOf(email)).accessToken;

/** How an id of the examples ends. */
const example = '01hzy3v9k2e7q8m4n5p6r7s8t9';

/** What stands in an example for something that has to be there before it: made, and given by its own name. */
const made: Record<string, () => Promise<Record<string, string>>> = {
  'auth.refresh': refreshToken,
  'auth.logout': refreshToken,
  'channels.create': unconnectedNumber,
  'sessions.revoke': async () => {
    await sessionOf('admin@example.com');
    const [newest] = (await demo.tims.sessions.list()).data;
    return { ses_01hzy3v9k2e7q8m4n5p6r7s8t9: newest?.id ?? '' };
  },
  // The others of the administrator are this test's own.
  'sessions.revokeOthers': async () => ({ $TIMS_TOKEN: await tokenOf('agent@example.com') }),
  'me.confirmSecondFactor': async () => {
    const { token, code } = await beginner();
    return { $TIMS_TOKEN: token, 123456: code };
  },
  'me.renewRecoveryCodes': secured,
  'me.disableSecondFactor': secured,
  'keys.create': async () => ({ '2027-01-31T00:00:00Z': inADay() }),
  'keys.revoke': async () => {
    const { id } = await demo.tims.keys.create({ name: 'k', permissions: ['users:read'], expiresAt: inADay() });
    return { key_01hzy3v9k2e7q8m4n5p6r7s8t9: id };
  },
  // The demo has this team already.
  'teams.create': async () => ({ '"tx"': '"vx"' }),
  'auth.confirmReset': resetLink,
  // The user of that e-mail was made by an example before.
  'invitations.create': async () => ({ 'aisyah@example.com': newEmail() }),
  'invitations.preview': invitationLink,
  'invitations.accept': invitationLink,
  'invitations.resend': async () => ({ [`inv_${exampleId}`]: (await invitation()).id }),
  'invitations.delete': async () => ({ [`inv_${exampleId}`]: (await invitation()).id }),
  'roles.update': ownRole,
  'roles.delete': ownRole,
  // The demo's agent is needed where they are.
  'teams.removeMember': async () => ({ [`usr_${exampleId}`]: await someUser() }),
  'failures.replay': strayMessage,
  'erasures.get': async () => {
    const { contact } = await demo.someoneWrites();
    return { [`era_${example}`]: (await demo.tims.contacts.erase({ id: contact.id })).id };
  },
  'tags.delete': async () => ({ [`tag_${example}`]: (await demo.tims.tags.create({ name: 'Short-lived' })).id }),
  'contactAttributes.update': anAttribute,
  'contactAttributes.delete': anAttribute,
  'closeReasons.update': aReason,
  'closeReasons.delete': aReason,
  'messages.withdraw': async () => {
    await demo.tims.settings.update({ undoSendSeconds: 60 });
    const { id: conversationId } = await demo.someoneWrites();
    return { [`msg_${example}`]: (await demo.tims.messages.send({ conversationId, text: 'Too soon' })).id };
  },
  'contactImports.get': contactImport,
  'contactImports.rows': contactImport,
  'contactImports.start': contactImport,
  'contactImports.cancel': contactImport,
  'notes.update': note,
  'notes.remove': note,
  'followUps.update': followUp,
  'cannedResponses.get': canned,
  'cannedResponses.update': canned,
  'cannedResponses.remove': canned,
  'cannedResponses.render': canned,
  'participants.add': watched,
  'participants.remove': watched,
  'views.update': view,
  'views.remove': view,
  'contacts.link': twoContacts,
  'contacts.distinguish': twoContacts,
  'conversations.merge': async () => {
    const [one, other] = await numbersOfOnePerson();
    return { [`cnv_${example}`]: one.id, [`cnv_${another}`]: other.id };
  },
  'merges.undo': async () => {
    const { one, other } = await contactsOfOnePerson();
    await demo.tims.contacts.link({ id: one, contactId: other });
    const [link] = (await demo.tims.merges.list({ contactId: one })).data;
    return { [`mrg_${example}`]: link?.id ?? '' };
  },
  'messages.newest': async () => ({ [`org_${example}`]: (await demo.tims.me.get()).organization.id }),
  // It is the same as messages.send, also for a key that was used there.
  'messages.create': async () => ({ '5f2c8f0e-6c0b-4a4e-9d0b-1f1d8a1f6f0e': 'another-key' }),
  'conversations.reopen': async () => {
    const { id } = await demo.someoneWrites();
    await demo.tims.conversations.close({ id, reason: 'resolved' });
    return { cnv_01hzy3v9k2e7q8m4n5p6r7s8t9: id };
  },
};

/** How the id of the other one ends. */
const another = `${example.slice(0, -1)}0`;

async function contactsOfOnePerson() {
  const one = await demo.tims.contacts.create({ name: 'One' });
  const other = await demo.tims.contacts.create({ name: 'Other' });
  return { one: one.id, other: other.id };
}

async function twoContacts() {
  const { one, other } = await contactsOfOnePerson();
  return { [`con_${example}`]: one, [`con_${another}`]: other };
}

async function numbersOfOnePerson() {
  const one = await demo.someoneWrites();
  const other = await demo.someoneWrites();
  await demo.tims.contacts.link({ id: one.contact.id, contactId: other.contact.id });
  return [one, other] as const;
}

async function aReason() {
  const { id } = await demo.tims.closeReasons.create({ key: `reason_${Date.now()}`, name: 'A reason' });
  return { [`rsn_${example}`]: id };
}

async function anAttribute() {
  const { key } = await demo.tims.contactAttributes.create({ key: `a_${Date.now()}`, name: 'One', type: 'text' });
  return { plan: key };
}

/** Something that the administrator made, in the place of the example's id. */
async function own<T extends { id: string }>(prefix: string, make: () => Promise<T>) {
  return { [`${prefix}_01hzy3v9k2e7q8m4n5p6r7s8t9`]: (await make()).id };
}

function note() {
  return own('not', async () => demo.tims.notes.create({ id: (await demo.someoneWrites()).id, text: 'A note' }));
}

function view() {
  return own('viw', () => demo.tims.views.create({ name: 'A view', filter: {} }));
}

function contactImport() {
  return own('imp', () => demo.tims.contactImports.create({ csv: 'name\nAisyah\n' }));
}

function canned() {
  const response = { shortcut: `a-${Date.now()}`, title: 'A', text: 'Hello' };
  return own('can', () => demo.tims.cannedResponses.create(response));
}

function followUp() {
  return own('fup', async () => {
    const { id } = await demo.someoneWrites();
    return demo.tims.followUps.create({ id, dueAt: '2099-01-05T09:00Z' });
  });
}

/** Whoever is to watch must see the conversation, which an agent does once they have it. */
async function watched() {
  const [{ id }, me] = await Promise.all([demo.someoneWrites(), demo.tims.me.get()]);
  await demo.tims.participants.add({ id, userId: me.id });
  return { cnv_01hzy3v9k2e7q8m4n5p6r7s8t9: id, usr_01hzy3v9k2e7q8m4n5p6r7s8t9: me.id };
}

let people = 0;
const newEmail = () => `somebody-${++people}@example.com`;
const invitation = () => demo.tims.invitations.create({ email: newEmail(), role: 'agent' });

async function invitationLink() {
  const { link } = await invitation();
  return { lk_5f2c8f0e6c0b4a4e9d0b: link?.split('=')[1] ?? '' };
}

/** From the mail, which the demo writes down. */
async function resetLink() {
  const email = newEmail();
  await demo.tims.users.create({ email, name: 'Somebody', password: demoPassword, role: 'agent' });
  await demo.tims.auth.requestReset({ email });
  const token = await until(async () => {
    const mails = JSON.parse((await demo.shell('tims mail list --json')).output).data;
    const text: string | undefined = mails.find(({ to }: { to: string }) => to === email)?.text;
    return text && /token=(\S+)/.exec(text)?.[1];
  });
  return { lk_5f2c8f0e6c0b4a4e9d0b: token };
}

async function ownRole() {
  const key = `role_${++people}`;
  await demo.tims.roles.create({ key, name: 'A role', rank: 1, permissions: [] });
  return { night_shift: key };
}

async function someUser(): Promise<string> {
  const input = { email: newEmail(), name: 'Somebody', password: demoPassword, role: 'agent' };
  return (await demo.tims.users.create(input)).id;
}

const inADay = () => new Date(Date.now() + 86_400_000).toISOString();
let beginners = 0;

/** Somebody new, who has begun to set up a second factor, and the code that their app shows. */
async function beginner() {
  const email = `beginner-${++beginners}@example.com`;
  await demo.tims.users.create({ email, name: 'Beginner', password: demoPassword, role: 'agent' });
  const { accessToken } = await sessionOf(email);
  const client = createTims({ url: demo.url, accessToken });
  const { secret } = await client.me.enableSecondFactor({ password: demoPassword });
  return { client, token: accessToken, code: appCode(secret, Date.now()) };
}

/** Somebody who has a second factor, and one of their recovery codes. */
async function secured() {
  const { client, token, code } = await beginner();
  const { recoveryCodes } = await client.me.confirmSecondFactor({ code });
  return { $TIMS_TOKEN: token, 123456: recoveryCodes[0] ?? '' };
}

async function refreshToken() {
  return { rt_5f2c8f0e6c0b4a4e9d0b: (await sessionOf('agent@example.com')).refreshToken };
}

/** A number of Meta's, whose webhooks come here; the demo has the one of the examples already. */
async function numberAtMeta(phoneNumberId: string): Promise<string> {
  const { accessToken, appSecret } = JSON.parse(readFileSync(join(demo.folder, 'data/demo.json'), 'utf8'));
  await simulatorClient(demo.simulator).registerNumber({
    phoneNumberId,
    displayPhoneNumber: '+60123456780',
    businessAccountId: '102290129340398',
    webhookUrl: `${demo.url}/api/webhook/whatsapp`,
    appSecret,
  });
  return String(accessToken);
}

async function unconnectedNumber() {
  return { '106540352242922': '106540352242001', 'EAAG…': await numberAtMeta('106540352242001') };
}

/** Written to a number before it was connected, which it is now. */
async function strayMessage() {
  const [phoneNumberId, { tims }] = ['106540352242002', demo];
  const accessToken = await numberAtMeta(phoneNumberId);
  await simulatorClient(demo.simulator).write({ phoneNumberId, from: { phone: '+447700900777' }, text: 'Hello?' });
  const failure = await until(async () => (await tims.failures.list()).data[0]);
  const { data: teams } = await tims.teams.list();
  const config = { phoneNumberId, accessToken };
  await tims.channels.create({ kind: 'whatsapp', name: 'Late', defaultTeamId: teams[0]?.id ?? '', config });
  return { inf_01hzy3v9k2e7q8m4n5p6r7s8t9: failure.id };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await sleep(50);
  }
}

describe.skipIf(!shellTools())('the curl call of the reference works, and the answer is as its schema says', () => {
  const shown = operationsOf(document).flatMap((operation) => {
    const call = curlCall(document, operation);
    return call ? [{ operation, id: operation.operationId, call }] : [];
  });

  test('every operation has one, but those that no person calls', () => {
    const without = operationsOf(document).filter(({ operationId }) => !shown.some(({ id }) => id === operationId));
    expect(without.map(({ operationId }) => operationId).sort()).toEqual([
      'auth.csrf',
      'realtime.connect',
      'webhooks.receive',
      'webhooks.receiveOwn',
      'webhooks.verify',
      'webhooks.verifyOwn',
    ]);
  });

  test.each(shown)('$id', async ({ operation, id, call }) => {
    const values = Object.entries((await made[id]?.()) ?? {});
    const filled = values.reduce((code, [example, value]) => code.replaceAll(example, value), call);
    const { code, output } = await demo.shell(await demo.real(filled), { env: { TIMS_TOKEN: token } });
    expect(code, output).toBe(0);
    const { type, schema } = successOf(operation);
    if (type === 'application/json') expect(answerFault(document, id, JSON.parse(output))).toBeUndefined();
    else if (schema) expect(output).toMatch(/\w/);
    else expect(output).toBe('');
  });
});

describe('the pages of the reference', () => {
  test('there is one for each tag, with each of its operations', () => {
    expect(pages.map(({ tag }) => tag)).toEqual([...document.tags.map(({ name }) => name), 'shapes']);
    for (const { tags, operationId, verb } of operationsOf(document)) {
      const page = pages.find(({ tag }) => tag === tags[0]);
      expect(page?.markdown).toContain(`## ${operationId} {#${verb}}`);
    }
  });

  test('the search finds each operation and each shape at its place', () => {
    for (const { tag, markdown } of pages) {
      const sections = searchSections(document, tag);
      expect(sections.length, tag).toBeGreaterThan(0);
      for (const { anchor } of sections) expect(markdown).toContain(`{#${anchor}}`);
    }
  });
});
