import { openSqlite, startTestServer, type TestServer } from '@tims/testing';
import { render } from 'ink-testing-library';
import { createElement } from 'react';
import stringWidth from 'string-width';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { App } from '../../src/inbox/view/App.js';
import { cursorOf } from '../../src/inbox/view/cursor.js';
import { themeFor } from '../../src/inbox/view/theme.js';
import { type Desk, sitDown } from './desk.js';

let server: TestServer;
let desk: Desk;
beforeAll(async () => {
  server = await startTestServer(await openSqlite());
  const { phoneNumberId } = server.tims;
  for (const [index, name] of ['陈美玲', 'Siti 👩‍👩‍👧‍👦', 'أحمد الحربي', 'Ana'].entries()) {
    const text = `${name} asks: ${'你好 ❤️ नमस्ते '.repeat(8)}`;
    await server.simulator.write({ phoneNumberId, from: { phone: `+6013200000${index}`, name }, text });
  }
  await server.simulator.idle();
  desk = await sitDown(server, server.tims.admin);
  await desk.until(({ data }) => data.rows.length === 4, 'four conversations');
});
afterAll(async () => {
  desk.leave();
  await server.close();
});

function frame(env: NodeJS.ProcessEnv = {}): string[] {
  const { lastFrame, unmount } = render(
    createElement(App, { view: desk.inbox.view(), keymap: desk.keymap, theme: themeFor(env) }),
  );
  const lines = (lastFrame() ?? '').split('\n');
  unmount();
  return lines;
}

const sizes = [
  { columns: 40, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
];

test.each(sizes)('at $columns×$rows nothing is wider than the screen, or higher than one row less', async (size) => {
  desk.inbox.resize(size);
  desk.press('\r');
  await desk.until(({ data }) => data.page !== undefined, 'a conversation');
  for (const keys of [
    '',
    'r',
    'typed\n你好\n',
    '\u001b',
    '\u001b',
    'a',
    '\u001b',
    ':cl',
    '\u001b',
    '/x',
    '\u001b',
    '?',
    'q',
    '\u001b',
  ]) {
    desk.press(keys);
    const lines = frame();
    expect(lines).toHaveLength(size.rows - 1);
    for (const line of lines) expect(stringWidth(line), `${keys}: ${line}`).toBeLessThanOrEqual(size.columns);
    const cursor = cursorOf(desk.inbox.view());
    if (cursor) {
      expect(cursor.x).toBeLessThan(size.columns);
      expect(cursor.y).toBeLessThan(size.rows - 1);
    }
  }
  desk.press('r\u0015\u0008\u0015\u0008\u0015\u001b');
  desk.press('\u001b');
});

test('side by side, the rule between them stands in one column whatever the names', () => {
  desk.inbox.resize({ columns: 100, rows: 30 });
  const bars = frame().filter((line) => line.includes('│'));
  expect(bars.length).toBeGreaterThan(20);
  expect(new Set(bars.map((line) => stringWidth(line.slice(0, line.indexOf('│'))))).size).toBe(1);
});

test('a terminal that is too small says so', () => {
  desk.inbox.resize({ columns: 20, rows: 6 });
  expect(frame()[0]).toContain('Too small');
  desk.inbox.resize({ columns: 100, rows: 30 });
});

test('without colours weight and inversion are left', () => {
  const theme = themeFor({ NO_COLOR: '1' });
  for (const look of Object.values(theme)) expect(look).not.toHaveProperty('color');
  expect(theme.chosen).toEqual({ inverse: true });
  expect(themeFor({}).chosen).toHaveProperty('color');
});

test('only what is visible is drawn of a long list', async () => {
  const { phoneNumberId } = server.tims;
  await server.simulator.write({
    phoneNumberId,
    from: { phone: '+601390000000', name: 'Crowd' },
    text: 'x',
    count: 300,
    customers: 300,
  });
  await desk.until(({ data }) => data.rows.length >= 100, 'many');
  desk.press('G');
  await desk.until(({ data }) => data.rows.length >= 300 && !data.list.hasMore, 'all of them');
  const lines = frame();
  expect(lines).toHaveLength(29);
  expect(lines.join('\n')).toMatch(/\d+\/30\d/);
});
