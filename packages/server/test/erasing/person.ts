import { createHmac } from 'node:crypto';
import { envelope, type TestServer, testAppSecret, together } from '@tims/testing';
import { until } from '../stage/until.js';
import { formsOf, wamidOf } from './walk.js';

export const before = '60127770001';
export const after = '60127770002';
export const userId = 'MY.77700055500011122';
export const name = 'Zéphyrine Quillfeather';

/** What must be nowhere any more. Every text that is planted has the word `quokka`. */
export const words = [
  'zephyrine',
  'quillfeather',
  'quokka',
  userId.toLowerCase(),
  ...formsOf(before),
  ...formsOf(after),
];

// biome-ignore lint/suspicious/noExplicitAny: a test reads what the schema promises
export type Call = (method: string, path: string, body?: object, key?: string) => Promise<any>;

/** Calls the API as the administrator; fails for what is refused. */
export async function callerOf(server: TestServer): Promise<Call> {
  const token = await server.tokenOf(server.tims.admin);
  return async (method, path, body, key) => {
    const response = await fetch(`${server.url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}

export interface Planted {
  contactId: string;
  conversationId: string;
  /** Conversations of the person beside it, and of others in which they wrote. */
  groupId: string;
  firstWamid: string;
  unsentId: string;
}

let serial = 0;

/** Somebody's whole history: everything that they say, everything that is said to and about them, by every way in. */
export async function plant(server: TestServer): Promise<Planted> {
  const { tims } = server;
  const { phoneNumberId, installation } = tims;
  const call = await callerOf(server);
  const post = (payload: unknown) => postWebhook(server, payload);
  const contacts = [{ wa_id: before, user_id: userId, profile: { name, username: 'quokka.friend' } }];
  const now = () => String(Math.floor(Date.now() / 1000));
  const message = (rest: object, id = wamidOf(before, ++serial)) =>
    envelope(phoneNumberId, {
      contacts,
      messages: [{ from: before, from_user_id: userId, id, timestamp: now(), ...rest }],
    });
  const text = (body: string) => ({ type: 'text', text: { body } });
  await server.simulator.write({
    phoneNumberId,
    from: { phone: before, userId, name, username: 'quokka.friend' },
    text: 'Say quokka to a provider',
  });
  const firstWamid = wamidOf(before, ++serial);
  await post(message(text('The first quokka'), firstWamid));
  // Names as providers write them: escaped, and in bytes.
  const escaped = JSON.stringify(message(text('An escaped quokka'))).replaceAll('é', '\\u00e9');
  await post(escaped);
  await post(message({ ...text('A quokka that quotes'), context: { from: before, id: firstWamid } }));
  await post(
    message({
      ...text('A quokka from an ad'),
      referral: { source_url: 'https://x.example/quokka', source_id: '7', source_type: 'ad', headline: 'Quokka' },
    }),
  );
  const media = { id: '5005', mime_type: 'application/pdf', sha256: '3q2+7w==' };
  await post(message({ type: 'document', document: { ...media, filename: 'quokka.pdf', caption: 'My quokka' } }));
  await post(message({ type: 'image', image: { ...media, mime_type: 'image/png', caption: 'A quokka at sea' } }));
  await post(
    message({
      type: 'location',
      location: { latitude: 3.1, longitude: 101.6, name: 'Quokka house', address: '1 Quokka Street' },
    }),
  );
  await post(
    message({
      type: 'contacts',
      contacts: [{ name: { formatted_name: 'Quokka Mum' }, phones: [{ phone: `+${after}` }] }],
    }),
  );
  await post(message({ type: 'hologram', hologram: { says: 'quokka' } }));
  // Together with somebody else, in one POST.
  const stranger = envelope(phoneNumberId, {
    contacts: [{ wa_id: '60128880001', profile: { name: 'Somebody Else' } }],
    messages: [{ from: '60128880001', id: wamidOf('60128880001', ++serial), timestamp: now(), ...text('Other words') }],
  });
  await post(together(message(text('A quokka in company')), stranger));

  const conversation = await until(async () => {
    const { data } = await call('GET', '/conversations?status=queued');
    return data.find((one: { contact: { name: string | null } }) => one.contact.name === name);
  });
  const { id, contact } = conversation;
  await call('POST', `/conversations/${id}/take`, {});
  const sent = await call('POST', '/messages/send', { conversationId: id, text: 'We say quokka too' }, 'key-1');
  const state = async (messageId: string, wanted: RegExp) => {
    const { messages } = await call('GET', `/conversations/${id}?limit=100`);
    return messages.find((one: { id: string; state: string }) => one.id === messageId && wanted.test(one.state));
  };
  await until(() => state(sent.id, /delivered|read/));
  const { external_id: sentWamid } = await installation.storage.reader('messages').where('id', sent.id).first();
  await post(message({ type: 'reaction', reaction: { message_id: sentWamid, emoji: '🦘' } }));
  await server.simulator.customer({ phone: before, behaviour: 'offline' });
  const failing = await call('POST', '/messages/send', { conversationId: id, text: 'This quokka fails' });
  await until(() => state(failing.id, /sent|delivered|read/));
  await call('POST', `/messages/${sent.id}/tag`, { tagId: (await call('GET', '/tags')).data[0].id });
  await call('POST', `/conversations/${id}/notes`, { text: 'A note about a quokka', pinned: true }, 'key-2');
  await call('POST', `/contacts/${contact.id}/notes`, { text: 'They love quokka' });
  const [tag] = (await call('GET', '/tags')).data;
  await call('POST', `/contacts/${contact.id}/tags`, { tagId: tag.id });
  await call('POST', `/conversations/${id}/follow-ups`, { dueAt: '2099-01-01T09:00', text: 'Ask for the quokka' });
  const done = await call('POST', `/conversations/${id}/follow-ups`, { dueAt: '2099-01-02T09:00', text: 'Old quokka' });
  await call('PATCH', `/follow-ups/${done.id}`, { done: true });
  const colleague = await tims.addUser('agent', [tims.teamId]);
  await call('POST', `/conversations/${id}/notes`, {
    text: 'Feedback: quokka',
    kind: 'feedback',
    aboutUserId: colleague.id,
  });
  await call('POST', `/conversations/${id}/transfer`, { assigneeId: colleague.id, note: 'She has a quokka' }, 'hand');
  await call('POST', `/conversations/${id}/assign`, { assigneeId: tims.admin.id }, 'key-3');
  await call('PUT', `/conversations/${id}/draft`, { text: 'Dear quokka', version: 0 });
  await call('POST', `/conversations/${id}/read`, {});
  await call('GET', '/search?q=quokka');
  await call('GET', `/contacts/${contact.id}`);

  // What has no message of its own: updates that come too early, notices, what is at fault.
  const update = (rest: object) => envelope(phoneNumberId, { contacts, ...rest });
  await post(
    update({ statuses: [{ id: wamidOf(before, ++serial), status: 'sent', timestamp: now(), recipient_id: before }] }),
  );
  await post(message({ type: 'reaction', reaction: { message_id: wamidOf(before, ++serial), emoji: '🦘' } }));
  await post({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102290129340398',
        changes: [
          {
            field: 'calls',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '60123456789', phone_number_id: phoneNumberId },
              calls: [
                {
                  id: 'wacid.7',
                  from: before,
                  to: '60123456789',
                  event: 'connect',
                  timestamp: now(),
                  direction: 'USER_INITIATED',
                },
              ],
            },
          },
        ],
      },
    ],
  });
  await post(JSON.stringify(message(text('A quokka for nobody'))).replaceAll(phoneNumberId, '999000999000999'));
  await post(`{"from":"${before}","name":"Z\\u00e9phyrine","text":"a broken quokka"`);
  await post(Buffer.from(`{"from":"${before}","name":"Zéphyrine","text":"a quokka in bytes"`, 'latin1'));
  await post(
    update({
      statuses: [
        {
          id: await wamidOfMessage(server, failing.id),
          status: 'failed',
          timestamp: now(),
          recipient_id: before,
          errors: [{ code: 131026, title: `No quokka at ${before}` }],
        },
      ],
    }),
  );

  // In a group that somebody else began.
  const inGroup = (from: string, body: string, who: object[]) =>
    envelope(phoneNumberId, {
      contacts: who,
      messages: [{ from, id: wamidOf(from, ++serial), timestamp: now(), ...text(body), group_id: 'Y2FwaV9ncm91cA==' }],
    });
  await post(inGroup('60128880002', 'Welcome all', [{ wa_id: '60128880002', profile: { name: 'Group Owner' } }]));
  await post(inGroup(before, 'Hello group, quokka', contacts));

  // Another number, under which they go on.
  await post(
    envelope(phoneNumberId, {
      messages: [
        {
          ...{ from: before, id: wamidOf(before, ++serial), timestamp: now(), type: 'system' },
          system: {
            body: `User ${name} changed from ${before} to ${after}`,
            wa_id: after,
            type: 'user_changed_number',
            previous_user_id: userId,
            user_id: userId,
          },
        },
      ],
    }),
  );
  contacts[0] = { wa_id: after, user_id: userId, profile: { name, username: 'quokka.friend' } };
  await post(message({ ...text('The last quokka'), from: after }, wamidOf(after, ++serial)));

  await call('PATCH', '/settings', { undoSendSeconds: 60 });
  const unsent = await call(
    'POST',
    '/messages/send',
    { conversationId: id, text: 'An unsent quokka', force: true },
    'unsent',
  );
  await call('PUT', `/conversations/${id}/draft`, { text: 'One more quokka', version: 9 });
  await plantBeside(server, call, contact.id);
  const group = await installation.storage.reader('conversations').where('thread_key', 'like', 'group:%').first('id');
  return { contactId: contact.id, conversationId: id, groupId: group.id, firstWamid, unsentId: unsent.id };
}

/** Posts it signed as Meta does, as an object, as text or as bytes. */
export async function postWebhook({ url }: TestServer, payload: unknown): Promise<void> {
  const bytes = Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const signature = createHmac('sha256', testAppSecret).update(bytes).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  const response = await fetch(`${url}/api/webhook/whatsapp`, { method: 'POST', headers, body: new Uint8Array(bytes) });
  if (response.status !== 200) throw new Error(`The webhook was answered with ${response.status}`);
}

async function wamidOfMessage({ tims }: TestServer, id: string): Promise<string> {
  const row = await tims.installation.storage.reader('messages').where('id', id).first('external_id');
  return row.external_id;
}

/** What attributes, links and imported files hold of somebody. */
async function plantBeside({ url, tims, tokenOf }: TestServer, call: Call, contactId: string): Promise<void> {
  await call('POST', '/contact-attributes', { key: 'pet', name: 'Pet', type: 'text' });
  await call('PATCH', `/contacts/${contactId}`, { attributes: { pet: 'quokka' } });
  const linked = await call('POST', '/contacts', { name: 'Zéphyrine Q.', attributes: { pet: 'quokka' } });
  await call('POST', `/contacts/${contactId}/link`, { contactId: linked.id });
  // Both rows are at fault, and kept to be mended: an address that is somebody's, a kind that is none.
  const rows = ['name,pet,phone,kind', `Zéphyrine Q.,quokka,+${after},customer`, 'Somebody Else,,,nonsense'];
  const headers = { authorization: `Bearer ${await tokenOf(tims.admin)}`, 'content-type': 'text/csv' };
  const staged = await fetch(`${url}/api/contact-imports`, { method: 'POST', headers, body: rows.join('\n') });
  const { id }: { id: string } = JSON.parse(await staged.text());
  await call('POST', `/contact-imports/${id}/start`, { channelId: tims.channelId, existing: 'refuse' });
  await until(async () => (await call('GET', `/contact-imports/${id}`)).state === 'done');
}
