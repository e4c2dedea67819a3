import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mailer } from '@tims/core';
import { mailFolder, newMailName } from './kept-mails.js';

/** Writes mails down instead of sending them: the demo and development need no mail server. Only their owner reads them. */
export function folderMailer(dataDir: string, from: string): Mailer {
  const folder = mailFolder(dataDir);
  return {
    async send(mail) {
      const { createTransport } = await import('nodemailer');
      const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
      const { message } = await composer.sendMail({ ...mail, from, disableFileAccess: true, disableUrlAccess: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = newMailName();
      // Under another name until it is whole: nobody finds half a mail.
      await writeFile(join(folder, `.${name}`), message as Buffer, { mode: 0o600 }); // `buffer: true` makes it one
      await rename(join(folder, `.${name}`), join(folder, name));
    },
  };
}
