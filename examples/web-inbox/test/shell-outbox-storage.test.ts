// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** Locks by name, as the tabs of a browser see them. */
const held = new Set<string>();

const locks = {
  async request(name: string, _options: object, work: (lock: object | null) => Promise<unknown> | undefined) {
    if (held.has(name)) return work(null);
    held.add(name);
    return work({});
  },
  async query() {
    return { held: [...held].map((name) => ({ name })) };
  },
};

beforeEach(() => {
  Object.defineProperty(navigator, 'locks', { configurable: true, value: locks });
});

afterEach(() => {
  held.clear();
  localStorage.clear();
  sessionStorage.clear();
  Reflect.deleteProperty(navigator, 'locks');
});

/** A tab is a page of its own: nothing of another one's memory. */
async function openTab(userId = 'usr_1') {
  vi.resetModules();
  const { outboxStorage } = await import('../src/app/session/outbox-storage.js');
  return outboxStorage(userId);
}

const entries = (...keys: string[]) => JSON.stringify({ v: 1, entries: keys.map((key) => ({ key })) });
const keysIn = (text: string | null | undefined) =>
  (JSON.parse(text ?? '{"entries":[]}').entries as { key: string }[]).map(({ key }) => key);

test('two tabs do not write over each other', async () => {
  const first = await openTab();
  first.save(entries('a'));
  // A tab that is copied from another brings its name along.
  const second = await openTab();
  second.save(entries('b'));
  expect(keysIn(first.load())).toEqual(['a']);
  expect(keysIn(second.load())).toEqual(['b']);
});

test('a tab finds what it had after a reload', async () => {
  (await openTab()).save(entries('a'));
  held.clear();
  expect(keysIn((await openTab()).load())).toEqual(['a']);
});

test('what a closed tab left is taken over once, and only for the same user', async () => {
  (await openTab()).save(entries('a'));
  held.clear();
  sessionStorage.clear();
  const other = await openTab('usr_2');
  expect(keysIn(other.load())).toEqual([]);
  held.clear();
  sessionStorage.clear();
  const next = await openTab();
  next.save(next.load() ?? '');
  expect(keysIn(next.load())).toEqual(['a']);
  sessionStorage.clear();
  expect(keysIn((await openTab()).load())).toEqual([]);
});
