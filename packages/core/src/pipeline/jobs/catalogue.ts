import { runImport } from '../../features/contact-imports/index.js';
import type { JobKind, JobPayloads } from '../../features/jobs/index.js';
import { sendMail } from '../../features/mail/index.js';
import { sendPasswordReset } from '../../features/password-resets/index.js';
import type { Installation } from '../../installation.js';
import { eraseFurther } from '../erasing/index.js';
import { removeAttributeValues } from './attributes.js';
import { moveRest } from './merges.js';
import { releaseConversations } from './release.js';

/** How one kind of job is done. It may be done more than once. */
export interface JobDefinition<K extends JobKind> {
  /** The longest one run may take, milliseconds; its lease. */
  timeoutMs: number;
  attempts: number;
  run(installation: Installation, payload: JobPayloads[K], signal: AbortSignal): Promise<void>;
}

/** Every kind of job, once. */
export const jobCatalogue: { [K in JobKind]: JobDefinition<K> } = {
  'contact_import.run': {
    // It passes the rest on after some seconds; a round of rows on a slow database may take longer.
    timeoutMs: 30_000,
    // Rows that were imported are not imported again, however often it is tried.
    attempts: 7,
    run: (installation, payload) => runImport(installation, payload),
  },
  'channel.mark_read': {
    timeoutMs: 20_000,
    attempts: 4,
    async run(installation, { channelId, externalId }, signal) {
      const channel = await installation.channels.byId(channelId);
      await channel?.plugin.markRead?.(externalId, {
        config: channel.settings,
        installation: channel.installation,
        signal,
      });
    },
  },
  'contact.erase': {
    // It passes the rest on after some seconds; one chunk on a slow database may take longer.
    timeoutMs: 30_000,
    // Whoever asks for it once more starts it again after that.
    attempts: 7,
    run: eraseFurther,
  },
  'mail.send': {
    timeoutMs: 60_000,
    // The last try is an hour and a half after the first: a mail server that restarts loses nothing.
    attempts: 7,
    run: (installation, { sealed }, signal) => sendMail(installation, sealed, signal),
  },
  'password_reset.send': {
    timeoutMs: 20_000,
    attempts: 4,
    run: (installation, { sealed }) => sendPasswordReset(installation, sealed),
  },
  'user.release': { timeoutMs: 600_000, attempts: 7, run: releaseConversations },
  'merge.move': { timeoutMs: 600_000, attempts: 7, run: moveRest },
  'attribute.remove': {
    // A million contacts are looked through in less than half of it.
    timeoutMs: 600_000,
    attempts: 7,
    run: removeAttributeValues,
  },
};
