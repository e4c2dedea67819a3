import type { Mailer } from '@tims/core';

const patienceMs = 20_000;

/**
 * Hands mails to an SMTP server, one connection each: there are few. Off this machine the connection must be encrypted,
 * since a mail lets its reader in; `?requireTLS=false` in the address says otherwise.
 */
export function smtpMailer(url: string, from: string): Mailer {
  return {
    async send(mail, signal) {
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({
        url,
        requireTLS: !isThisMachine(new URL(url).hostname),
        connectionTimeout: patienceMs,
        greetingTimeout: patienceMs,
        socketTimeout: patienceMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const stop = () => transport.close();
      signal.addEventListener('abort', stop, { once: true });
      try {
        await transport.sendMail({ ...mail, from });
      } finally {
        signal.removeEventListener('abort', stop);
        transport.close();
      }
    },
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}
