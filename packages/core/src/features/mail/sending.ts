import type { Context } from '../../database/context.js';
import type { Installation } from '../../installation.js';
import { addJob } from '../jobs/index.js';
import type { Mail } from './mail.js';

const purpose = 'mail.send';

/** Sends the mail after this transaction commits, at least once: a server that is killed right after it was taken sends it again. */
export async function queueMail(ctx: Context, mail: Mail): Promise<void> {
  await addJob(ctx, 'mail.send', { sealed: ctx.installation.secrets.seal(JSON.stringify(mail), purpose) });
}

/** The job's part. */
export async function sendMail({ mail, secrets }: Installation, sealed: string, signal: AbortSignal): Promise<void> {
  if (!mail) throw new Error('This installation was opened without a way to send mail');
  const letter: Mail = JSON.parse(secrets.open(sealed, purpose));
  await mail.send(letter, signal);
}
