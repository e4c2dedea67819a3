import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError, exitCodes } from './exit-codes.js';

/** Asks on stderr, so that stdout stays for data. Without a terminal nobody can answer: then it is a usage error. */
export async function ask(question: string, option: string, standard?: string): Promise<string> {
  const answer = await demandAnswer(question + (standard === undefined ? '' : ` [${standard}]`), option, false);
  const value = answer.trim() || standard;
  if (value) return value;
  return ask(question, option, standard);
}

/** Asks without showing what is typed. */
export async function askSecret(question: string, option: string): Promise<string> {
  const answer = await demandAnswer(question, option, true);
  return answer || askSecret(question, option);
}

/** Everything on stdin, without the line break at its end; for secrets and long texts. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

async function demandAnswer(question: string, option: string, hidden: boolean): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CommandError(exitCodes.usage, `${option} is missing, and there is no terminal to ask on.`);
  }
  // What is typed is echoed by readline to its output, so a hidden answer needs an output that says nothing.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (hidden) process.stderr.write(`${question}: `);
  const reader = createInterface({ input: process.stdin, output: hidden ? silent : process.stderr, terminal: true });
  const stopped = new AbortController();
  reader.on('SIGINT', () => stopped.abort());
  try {
    return await reader.question(hidden ? '' : `${question}: `, { signal: stopped.signal });
  } catch (error) {
    if (stopped.signal.aborted) throw new CommandError(exitCodes.failed, 'Stopped.');
    throw error;
  } finally {
    reader.close();
    if (hidden) process.stderr.write('\n');
  }
}

/** Asks for a new password twice: what nobody saw being typed may be mistyped. */
export async function askNewPassword(option: string): Promise<string> {
  const password = await askSecret('Password (8 to 128 characters)', option);
  if ((await askSecret('The same again', option)) === password) return password;
  process.stderr.write('The two are not the same.\n');
  return askNewPassword(option);
}
