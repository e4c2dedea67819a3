import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { StorageOpenError } from '@tims/core/plugin';
import { expect, it } from 'vitest';
import plugin from '../src/index.js';
import { openFile, temporaryFile } from './temporary-file.js';

it('makes the file and its folders', async () => {
  const file = join(dirname(temporaryFile()), 'a', 'b', 'tims.db');
  await openFile(file);
  expect(existsSync(file)).toBe(true);
});

it('takes a path from where it was started', async () => {
  const file = temporaryFile();
  await openFile(relative(process.cwd(), file));
  expect(existsSync(file)).toBe(true);
});

it('survives a power cut with what it committed, and checks foreign keys', async () => {
  const { writer } = await openFile(temporaryFile());
  const pragma = async (name: string) => Object.values((await writer.raw(`pragma ${name}`))[0])[0];
  expect(await pragma('journal_mode')).toBe('wal');
  // 2 is FULL: https://sqlite.org/pragma.html#pragma_synchronous
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('foreign_keys')).toBe(1);
});

it('gives a reader that cannot write', async () => {
  const { writer, reader, dialect } = await openFile(temporaryFile());
  await writer.schema.createTable('notes', (table) => table.text('body'));
  const error = await reader('notes')
    .insert({ body: 'x' })
    .then(String, (reason: unknown) => reason);
  expect(dialect.classify(error)).toBe('unavailable');
});

it.each(['sqlite:', 'sqlite::memory:', 'sqlite://host/file.db'])('refuses %s', async (url) => {
  await expect(plugin.open(url)).rejects.toThrow(StorageOpenError);
});

it('says what is wrong with a file that is no database, and lets go of it', async () => {
  const file = temporaryFile();
  writeFileSync(file, 'Dear diary, this is not a database. '.repeat(100));
  await expect(plugin.open(`sqlite:${file}`)).rejects.toThrow(/Cannot open the SQLite file .*not a database/);
  await expect(plugin.open(`sqlite:${file}`)).rejects.toThrow(/not a database/);
});

it('says what is wrong with a folder that cannot be made', async () => {
  const file = temporaryFile();
  writeFileSync(file, '');
  await expect(plugin.open(`sqlite:${join(file, 'tims.db')}`)).rejects.toThrow(StorageOpenError);
});

it('refuses a second server on one file until the first has closed', async () => {
  const file = temporaryFile();
  const first = await openFile(file);
  await expect(plugin.open(`sqlite:${file}`)).rejects.toThrow(`process ${process.pid}`);
  await first.close();
  await openFile(file);
});

it('refuses a file that another process has, and takes it once that one is killed', async () => {
  const file = temporaryFile();
  const holder = spawn(process.execPath, ['--input-type=module', '-e', holdOpen, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const refusal = await plugin.open(`sqlite:${file}`).then(String, (error: unknown) => error);
  const exit = once(holder, 'exit');
  holder.kill('SIGKILL');
  await exit;
  expect(refusal).toBeInstanceOf(StorageOpenError);
  expect(String(refusal)).toContain(`${basename(file)} is in use by another TIMS server (process ${holder.pid} on`);
  await openFile(file);
});

const holdOpen = `
  const { default: plugin } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
  await plugin.open('sqlite:' + process.argv[1]);
  console.log('open');
`;
