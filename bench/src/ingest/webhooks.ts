import { signWebhook, textWebhook } from '@tims/testing/whatsapp';
import { post } from '../load.js';

export const appSecret = 'bench-app-secret';
export const phoneNumberId = '106540352242922';
export const path = '/api/webhook/whatsapp';

/** Webhooks of one text each, spread over customers `from` to `to`. */
export function prepare(count: number, from: number, to: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const customer = from + (index % (to - from));
    const { body, headers } = signWebhook(
      textWebhook({
        phoneNumberId,
        from: String(60_120_000_000 + customer),
        text: `Message ${index} of a customer`,
        name: `Customer ${customer}`,
      }),
      appSecret,
    );
    return post(path, headers, body);
  });
}
