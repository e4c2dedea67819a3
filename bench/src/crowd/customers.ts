import { envelope, newWamid, signWebhook, textWebhook, together } from '@tims/testing/whatsapp';
import { channelOf, teamCount } from '../delivery/crowd.js';
import { appSecret, path } from '../ingest/webhooks.js';
import type { Answer, Http } from './http.js';

/** Those of one bench: each writes every half minute, to the number of their team. */
export const customers = 3_000;

const phoneOf = (customer: number) => String(60_120_000_000 + customer);
const nameOf = (customer: number) => `Customer ${customer}`;

/** All of them write for the first time. */
export async function arrive(http: Http): Promise<void> {
  const inOnePost = 50;
  for (let start = 0; start < customers; start += inOnePost) {
    const texts = Array.from({ length: inOnePost }, (_, n) => message(start + n, 0));
    const answer = await post(http, together(...texts));
    if (answer.status !== 200) throw new Error(`A webhook was answered with ${answer.status}: ${answer.text}`);
  }
}

/** One of them writes: mostly words, now and then a place, a button, or somebody's card. */
export function write(http: Http, customer: number, n: number): Promise<Answer> {
  return post(http, message(customer, n));
}

function post(http: Http, payload: object): Promise<Answer> {
  const { headers, body } = signWebhook(payload, appSecret);
  return http.post(path, headers, body);
}

function message(customer: number, n: number): object {
  const phoneNumberId = channelOf(customer % teamCount);
  const [from, name] = [phoneOf(customer), nameOf(customer)];
  const other = n % 10 === 9 ? others[Math.floor(n / 10) % others.length] : undefined;
  if (!other) return textWebhook({ phoneNumberId, from, name, text: `Is there any news about my order? (${n})` });
  const timestamp = String(Math.floor(Date.now() / 1000));
  return envelope(phoneNumberId, {
    contacts: [{ wa_id: from, profile: { name } }],
    messages: [{ from, id: newWamid(), timestamp, ...other }],
  });
}

const others = [
  { type: 'location', location: { latitude: 3.139, longitude: 101.6869, name: 'Kuala Lumpur' } },
  { type: 'button', button: { text: 'Yes, please', payload: 'yes' } },
  {
    type: 'contacts',
    contacts: [{ name: { formatted_name: 'Siti', first_name: 'Siti' }, phones: [{ phone: '+60123456700' }] }],
  },
];

/** Every customer's conversation, as a manager finds them. */
export async function conversationsByCustomer(http: Http, token: string): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (let cursor = ''; ; ) {
    const { text } = await http.call('GET', `/api/conversations?limit=100${cursor && `&cursor=${cursor}`}`, { token });
    const page: { data: { id: string; contact: { name: string } }[]; nextCursor: string | null } = JSON.parse(text);
    for (const { id, contact } of page.data) found.set(Number(contact.name.split(' ')[1]), id);
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}
