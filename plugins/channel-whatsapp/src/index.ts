import { defineChannel } from '@tims/core/plugin';
import { config, installation, textSetting } from './config.js';
import { parse } from './parse/index.js';
import { person } from './phone.js';
import { markRead, sendText, setup } from './send.js';
import { handshake, verify } from './verify.js';
import { serviceWindow } from './window.js';

const send = { text: sendText };

/**
 * WhatsApp through Meta's Cloud API.
 *
 * @example
 * import whatsapp from '@tims/channel-whatsapp';
 * export default { plugins: [whatsapp] };
 */
export default defineChannel({
  id: 'whatsapp',
  title: 'WhatsApp',
  version: '0.1.0',
  config,
  installation,
  // Meta's limits: the length of a text body, and the throughput of a number that was not upgraded.
  limits: { text: 4096, perSecond: 80 },
  route: (settings) => {
    const account = textSetting(settings, 'businessAccountId');
    return { address: textSetting(settings, 'phoneNumberId') ?? '', ...(account === undefined ? {} : { account }) };
  },
  webhookSecret: (settings) => textSetting(settings, 'appSecret'),
  handshake,
  verify,
  parse,
  send,
  markRead,
  canSend: serviceWindow(Object.keys(send)),
  setup,
  person,
});
