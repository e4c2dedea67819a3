import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../server-process.js';
import { percentile, rounded } from '../statistics.js';
import { openTerminal } from './terminal.js';

const command = fileURLToPath(new URL('../../../packages/cli/bin/tims.js', import.meta.url));
const conversations = 10_000;
const size = { columns: 120, rows: 40 };
const moves = 300;
const words = 200;
/** The end of a frame: terminals show it from there on. */
const frameEnd = /\[\?2026l/;

/**
 * How soon a key is seen on the screen with 10,000 conversations in the list: moving through them, and writing an
 * answer while twenty customers a second write in. The real command, on a terminal of its own.
 */
export async function inboxTerminal(progress: (line: string) => void): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'tims-bench-'));
  progress(`${conversations} customers write`);
  const server = await startProcess(new URL('./server.js', import.meta.url), {
    url: `sqlite:${join(folder, 'tims.db')}`,
    conversations,
  });
  const { token } = await server.ask<{ token: string }>('token');
  const terminal = openTerminal(`${process.execPath} ${command} inbox`, {
    ...size,
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      TIMS_URL: `http://127.0.0.1:${server.port}`,
      TIMS_TOKEN: token,
    },
  });
  try {
    await terminal.until(/Customer \d+/);
    progress('loading all of them into the list');
    const loadMs = await terminal.press('G', /10000\/10000 [\s\S]*\[\?2026l/);
    await terminal.quiet(1_500);
    progress(`moving, ${moves} times`);
    const moving: number[] = [];
    for (let n = 0; n < moves; n++) {
      const key = n % 20 === 19 ? '\u001b[5~' : n % 3 === 2 ? 'j' : 'k';
      moving.push(await terminal.press(key, frameEnd));
      await sleep(15);
    }
    progress(`writing ${words} words while customers write`);
    await terminal.press('t', /Yours now/);
    await terminal.press('r', /Answer/);
    await server.ask('traffic');
    await sleep(2_000);
    const writing: number[] = [];
    for (let n = 0; n < words; n++) {
      // A word after each letter, so that what was written can be told from what stood there.
      const word = ` w${n}`;
      writing.push(await terminal.press(word, new RegExp(`w${n}(?!\\d)[\\s\\S]*\\[\\?2026l`)));
      await sleep(15);
    }
    await terminal.press('\u0003', frameEnd);
    const all = [...moving, ...writing];
    return {
      name: 'inbox-terminal',
      keyToPaintP95Ms: rounded(percentile(all, 95), 1),
      keyToPaintP50Ms: rounded(percentile(all, 50), 1),
      movingP95Ms: rounded(percentile(moving, 95), 1),
      writingP95Ms: rounded(percentile(writing, 95), 1),
      slowestMs: rounded(Math.max(...all), 1),
      loadAllMs: Math.round(loadMs),
      conversations,
      keys: all.length,
      ...size,
    };
  } finally {
    await terminal.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
