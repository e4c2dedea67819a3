import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The person's editor: VISUAL, else EDITOR, else vi. */
export function editorCommand(env: NodeJS.ProcessEnv): string {
  return env.VISUAL || env.EDITOR || 'vi';
}

/**
 * Lets the person edit the text in their editor, which gets the terminal for itself, and answers with what they saved.
 *
 * @param folder where the file lies meanwhile, readable to them alone
 * @throws Error when the editor cannot be started or ends with a failure: then nothing was changed
 */
export async function editText(
  text: string,
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = mkdtempSync(join(folder, 'edit-'));
  const file = join(place, 'answer.txt');
  try {
    writeFileSync(file, text, { mode: 0o600 });
    await run(editorCommand(env), file, env);
    return readFileSync(file, 'utf8').replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Through the shell, as EDITOR may hold arguments: `code --wait`. */
function run(command: string, file: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'sh', file], { stdio: 'inherit', env });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The editor (${command}) ended with ${code}: the draft is as it was`));
    });
  });
}
