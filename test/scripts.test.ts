import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drifted, type Generator, write } from '../scripts/generate/run.mjs';
import { missingTools, nodeTooOld } from '../scripts/setup/machine.mjs';
import { runPart } from '../scripts/test/run-part.mjs';
import { summary } from '../scripts/test/summary.mjs';
import { countTests } from '../scripts/test/vitest-counts.mjs';
import { root } from './source-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tims-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the machine', () => {
  test.each(['18.20.8', '20.18.3'])('Node %s is too old, and the sentence says which is enough', (version) => {
    expect(nodeTooOld(version)).toMatch(/needs Node 20\.19 .* this is /);
  });
  test.each(['20.19.0', '22.12.0', '26.10.0'])('Node %s will do', (version) => {
    expect(nodeTooOld(version)).toBeUndefined();
  });
  test('what is missing is named with how to get it', () => {
    expect(missingTools((tool) => tool === 'make').join('\n')).toMatch(
      /lacks a C\+\+ compiler, python3[\s\S]*apt-get install -y g\+\+ make python3[\s\S]*xcode-select --install/,
    );
    expect(missingTools(() => true)).toEqual([]);
  });
});

describe('generated files', () => {
  const generator = (text: string): Generator => ({
    name: 'greeting',
    outputs: ['out/greeting.txt'],
    command: (out) => [process.execPath, '-e', `fs.writeFileSync(process.argv[1], ${text})`, out('out/greeting.txt')],
  });

  test('what was just written has not drifted', async () => {
    await write(folder, [generator("'one\\ntwo'")]);
    expect(await drifted(folder, [generator("'one\\ntwo'")])).toEqual([]);
  });

  test('drift, absence and a broken generator are told apart', async () => {
    expect(await drifted(folder, [generator("'one'")])).toEqual([
      'out/greeting.txt: missing; it comes from "greeting"',
    ]);
    await write(folder, [generator("'one\\ntwo'")]);
    expect(await drifted(folder, [generator("'one\\n2'")])).toEqual([
      'out/greeting.txt: differs from what "greeting" writes now, from line 2 on',
    ]);
    expect((await drifted(folder, [generator('nothing')]))[0]).toMatch(/^greeting: the generator failed/);
  });
});

describe('the summary of npm test', () => {
  const part = (name: string, script: string) => ({ name, what: name, command: [process.execPath, '-e', script] });
  const lack = "fs.appendFileSync(process.env.TIMS_TEST_LACKS, 'MySQL: apt-get install mariadb-server\\n')";
  const run = async (lackFails: boolean) => {
    const lacksFile = join(folder, 'lacks');
    writeFileSync(lacksFile, '');
    const options = { lacksFile, lackFails, say: () => {} };
    const results = [
      await runPart(root, part('good', ''), options),
      await runPart(root, part('bad', 'process.exit(3)'), options),
      await runPart(root, part('poor', lack), options),
    ];
    return { states: results.map((result) => result.state), text: summary(results, { lackFails }) };
  };

  test('counts parts, and says loudly what the machine lacks', async () => {
    const { states, text } = await run(false);
    expect(states).toEqual(['ok', 'failed', 'lacking']);
    expect(text).toContain('MACHINE LACKS');
    expect(text).toContain('MySQL: apt-get install mariadb-server');
    expect(text.split('\n').at(-1)).toBe('2 passed, 1 failed');
  });

  test('a lack is a failure where all must be tested', async () => {
    const { states, text } = await run(true);
    expect(states).toEqual(['ok', 'failed', 'failed']);
    expect(text.split('\n').at(-1)).toBe('2 passed, 2 failed');
  });

  test('single tests are counted, a file that cannot be read as one, no report as one', () => {
    const report = join(folder, 'report.json');
    const numbers = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
    const failed = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
    const unreadable = { status: 'failed', assertionResults: [] };
    writeFileSync(report, JSON.stringify({ ...numbers, testResults: [failed, unreadable] }));
    expect(countTests(report)).toEqual({ passed: 7, failed: 2, skipped: 0 });
    expect(countTests(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the tims command before anything is built', () => {
  test('says what to do, and fails', () => {
    mkdirSync(join(folder, 'bin'));
    const shim = join(folder, 'bin/tims.mjs');
    copyFileSync(join(root, 'packages/cli/bin/tims.js'), shim);
    chmodSync(shim, 0o755);
    const { status, stdout, stderr } = spawnSync(shim, { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/npm start.*npm run build/);
  });
});
