import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPlace, type Place } from './process.js';

let place: Place;
const scripts: Record<string, string> = {};
beforeAll(async () => {
  place = newPlace();
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await place.tims(['completion', shell]);
    expect(code).toBe(0);
    scripts[shell] = stdout;
    writeFileSync(join(place.folder, `script.${shell}`), stdout);
  }
});
afterAll(() => place.leave());

/** What bash offers after these words, the last of which is being typed. */
function offered(...words: string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `source script.bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _tims; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: place.folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

test('every shell that is here can read its script', () => {
  const read: string[] = [];
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { error, status, stderr } = spawnSync(shell, ['-n', `script.${shell}`], {
      cwd: place.folder,
      encoding: 'utf8',
    });
    if (error) continue; // Not installed.
    expect({ shell, status, stderr }).toEqual({ shell, status: 0, stderr: '' });
    read.push(shell);
  }
  expect(read).toContain('bash');
});

test('bash completes commands, at each depth and under other names', () => {
  expect(offered('tims', 'con')).toEqual(['conversations', 'contacts']);
  expect(offered('tims', 'conversations', '')).toEqual(
    expect.arrayContaining(['list', 'show', 'take', 'assign', 'close', 'reopen']),
  );
  expect(offered('tims', 'conv', 'li')).toEqual(['list']);
  expect(offered('tims', '--json', 'simulate', 'whatsapp', 'bu')).toEqual(['burst']);
  expect(offered('tims', 'completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
});

test('bash completes options, also those that every command has, and their values', () => {
  expect(offered('tims', 'conversations', 'list', '--s')).toEqual(['--status']);
  expect(offered('tims', 'conversations', 'list', '--js')).toEqual(['--json']);
  expect(offered('tims', 'conversations', 'list', '--status', '')).toEqual([
    'new',
    'queued',
    'assigned',
    'pending',
    'closed',
  ]);
  expect(offered('tims', 'start', '--')).toEqual(expect.arrayContaining(['--demo', '--port']));
  expect(offered('tims', 'conversations', 'list', '--team', 'x')).toEqual([]);
});

test('all scripts know the same commands', () => {
  for (const [shell, script] of Object.entries(scripts)) {
    for (const path of ['tims conversations list', 'tims simulate whatsapp message', 'tims doctor']) {
      expect(script, shell).toContain(`'${path}'`);
    }
  }
});
