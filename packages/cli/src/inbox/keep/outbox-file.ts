import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OutboxStorage } from '@tims/sdk';
import { dropKept, readKept, writeKept } from './file.js';

/**
 * Where what is not sent yet is kept. Each process has a file of its own, so that two inboxes of one user do not write
 * over each other; what a process left behind that is no more is taken on by the next one. Every entry has its
 * idempotency key, so that one that two took on is still sent once.
 */
export function outboxFile(folder: string, onError: (error: unknown) => void = () => {}): OutboxStorage {
  const own = join(folder, `outbox-${process.pid}.json`);
  let adopted: string[] = [];
  return {
    load() {
      const left = leftBehind(folder);
      adopted = left.filter((path) => path !== own);
      const kept = left.flatMap((path) => {
        const content = parse(readKept(path));
        return content ? [content] : [];
      });
      const [first] = kept;
      return first ? JSON.stringify({ ...first, entries: kept.flatMap(({ entries }) => entries) }) : null;
    },
    save(text) {
      try {
        if ((parse(text)?.entries.length ?? 0) > 0) writeKept(own, text);
        else dropKept(own);
        // Only now is what they had in our own file.
        for (const path of adopted) dropKept(path);
        adopted = [];
      } catch (error) {
        onError(error);
      }
    },
  };
}

function leftBehind(folder: string): string[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const pid = Number(/^outbox-(\d+)\.json$/.exec(name)?.[1]);
    return Number.isInteger(pid) && (pid === process.pid || !isAlive(pid)) ? [join(folder, name)] : [];
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process: it has our number, and is not ours.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function parse(text: string | undefined): { entries: unknown[] } | undefined {
  try {
    const content: unknown = JSON.parse(text ?? 'null');
    if (typeof content !== 'object' || content === null || !('entries' in content)) return undefined;
    return Array.isArray(content.entries) ? { ...content, entries: content.entries } : undefined;
  } catch {
    return undefined;
  }
}
