import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDrafts } from '../../src/inbox/keep/drafts.js';
import { inboxFolder } from '../../src/inbox/keep/folder.js';
import { outboxFile } from '../../src/inbox/keep/outbox-file.js';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tims-keep-')), 'inbox');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('drafts', () => {
  test('are there again, for their owner alone, and go when they are emptied', () => {
    const drafts = openDrafts(folder);
    drafts.set('cnv_1', 'Hello\n你好');
    drafts.set('cnv_2', 'x');
    drafts.flush();
    expect(statSync(join(folder, 'drafts.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const again = openDrafts(folder);
    expect(again.get('cnv_1')).toBe('Hello\n你好');
    again.set('cnv_1', '');
    again.flush();
    expect(openDrafts(folder).has('cnv_1')).toBe(false);
    expect(openDrafts(folder).has('cnv_2')).toBe(true);
  });

  test('of two inboxes of one user do not overwrite each other', () => {
    const [one, other] = [openDrafts(folder), openDrafts(folder)];
    one.set('cnv_1', 'mine');
    other.set('cnv_2', 'also mine');
    one.flush();
    other.flush();
    const drafts = openDrafts(folder);
    expect([drafts.get('cnv_1'), drafts.get('cnv_2')]).toEqual(['mine', 'also mine']);
  });

  test('are written by themselves a moment later', async () => {
    openDrafts(folder).set('cnv_1', 'typed');
    await expect.poll(() => openDrafts(folder).get('cnv_1')).toBe('typed');
  });

  test('a file that cannot be read, or written, loses nothing else', () => {
    const errors: unknown[] = [];
    // A file where a folder should be.
    writeFileSync(folder, '');
    const drafts = openDrafts(join(folder, 'inside'), (error) => errors.push(error));
    drafts.set('cnv_1', 'still here');
    drafts.flush();
    expect(errors).toHaveLength(1);
    expect(drafts.get('cnv_1')).toBe('still here');
  });
});

describe('what is not sent', () => {
  const text = (...keys: string[]) => JSON.stringify({ v: 1, entries: keys.map((key) => ({ key })) });
  const keysIn = (kept: string | null | undefined) =>
    (JSON.parse(kept ?? '{"entries":[]}') as { entries: { key: string }[] }).entries.map(({ key }) => key); // written above

  test('is in a file of this process, which goes when nothing is left', () => {
    const storage = outboxFile(folder);
    expect(storage.load()).toBeNull();
    storage.save(text('a'));
    expect(readdirSync(folder)).toEqual([`outbox-${process.pid}.json`]);
    expect(keysIn(outboxFile(folder).load())).toEqual(['a']);
    storage.save(text());
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is taken on from processes that are no more, and left to those that run', () => {
    const storage = outboxFile(folder);
    storage.save(text('own'));
    const dead = 2 ** 22 - 7;
    writeFileSync(join(folder, `outbox-${dead}.json`), text('left'));
    writeFileSync(join(folder, `outbox-${process.ppid}.json`), text('running'));
    writeFileSync(join(folder, 'outbox-12x.json'), 'no json');
    const next = outboxFile(folder);
    expect(keysIn(next.load()).sort()).toEqual(['left', 'own']);
    // Until it stands in our own file it stays where it was.
    expect(readFileSync(join(folder, `outbox-${dead}.json`), 'utf8')).toBe(text('left'));
    next.save(text('left', 'own'));
    expect(readdirSync(folder).sort()).toEqual(
      ['outbox-12x.json', `outbox-${process.pid}.json`, `outbox-${process.ppid}.json`].sort(),
    );
  });
});

test('each server and user has a folder of their own', () => {
  const one = inboxFolder('http://127.0.0.1:4000', 'usr_1');
  expect(one).toMatch(/tims\/inbox\/127\.0\.0\.1_4000-usr_1$/);
  expect(inboxFolder('https://x.example/../..', 'usr_2')).not.toContain('/../');
});
