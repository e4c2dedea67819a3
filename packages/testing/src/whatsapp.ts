import { createHmac } from 'node:crypto';

/** A webhook body as Meta sends it, and its headers. */
export interface SignedWebhook {
  headers: Record<string, string>;
  body: Buffer;
}

/** Signs a body as Meta does. */
export function signWebhook(payload: unknown, appSecret: string): SignedWebhook {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` } };
}

export interface TextOptions {
  phoneNumberId: string;
  /** The customer's number, digits only. */
  from: string;
  text?: string;
  id?: string;
  name?: string;
  /** Unix seconds. */
  at?: number;
}

let serial = 0;

/** An id as WhatsApp makes them, unlike every other of this process. */
export function newWamid(): string {
  return `wamid.HBgL${process.pid.toString(36)}${(++serial).toString(36).padStart(12, 'A')}=`;
}

/** One text message of one customer, in Meta's envelope. */
export function textWebhook(options: TextOptions): object {
  const { phoneNumberId, from, text = 'Hello', id = newWamid(), name = 'Aisyah' } = options;
  const timestamp = String(options.at ?? Math.floor(Date.now() / 1000));
  return envelope(phoneNumberId, {
    contacts: [{ wa_id: from, profile: { name } }],
    messages: [{ from, id, timestamp, type: 'text', text: { body: text } }],
  });
}

export interface StatusOptions {
  phoneNumberId: string;
  id: string;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  to: string;
  at?: number;
  reference?: string;
}

/** One delivery status, in Meta's envelope. */
export function statusWebhook({ phoneNumberId, id, status, to, at, reference }: StatusOptions): object {
  const timestamp = String(at ?? Math.floor(Date.now() / 1000));
  return envelope(phoneNumberId, {
    statuses: [
      {
        id,
        status,
        timestamp,
        recipient_id: to,
        ...(reference ? { biz_opaque_callback_data: reference } : {}),
        ...(status === 'failed' ? { errors: [{ code: 131026, title: 'Message undeliverable' }] } : {}),
      },
    ],
  });
}

/** Several envelopes as one POST. */
export function together(...webhooks: object[]): object {
  const entries = webhooks.flatMap((webhook) =>
    'entry' in webhook && Array.isArray(webhook.entry) ? webhook.entry : [],
  );
  return { object: 'whatsapp_business_account', entry: entries };
}

export function envelope(phoneNumberId: string, value: object): object {
  const metadata = { display_phone_number: '60123456789', phone_number_id: phoneNumberId };
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102290129340398',
        changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }],
      },
    ],
  };
}
