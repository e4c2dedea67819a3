import type { Mailer } from '@tims/core';
import type { LoadedSettings } from '../load-settings.js';
import { folderMailer } from './folder.js';
import { smtpMailer } from './smtp.js';

/** The way that the settings name; without an SMTP server mails are files. */
export function mailerOf({
  smtpUrl,
  mailFrom,
  dataDir,
}: Pick<LoadedSettings, 'smtpUrl' | 'mailFrom' | 'dataDir'>): Mailer {
  return smtpUrl === undefined ? folderMailer(dataDir, mailFrom) : smtpMailer(smtpUrl, mailFrom);
}
