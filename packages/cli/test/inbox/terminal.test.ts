import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTims } from '@tims/sdk';
import { build } from '@tims/server';
import { openSqlite, startTestServer, type TestServer } from '@tims/testing';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPlace as emptyPlace, shim } from '../process.js';
import { type Place, signedInPlace } from './place.js';
import { lackOfTmux, type Pane, startTmux } from './tmux.js';

const lacking = lackOfTmux();
const inboxCommand = `${process.execPath} ${shim} inbox`;

describe.skipIf(lacking !== undefined)('the inbox in a terminal', () => {
  const tmux = startTmux();
  let server: TestServer;
  const places: Place[] = [];

  beforeAll(async () => {
    server = await startTestServer(await openSqlite());
  });
  afterAll(async () => {
    tmux.end();
    await server.close();
    for (const place of places) place.leave();
  });
  async function newPlace(more: object = {}): Promise<Place> {
    const place = await signedInPlace(server, server.tims.admin, more);
    places.push(place);
    return place;
  }

  function open(place: Place, size: { columns: number; rows: number }, env: NodeJS.ProcessEnv = {}, args = ''): Pane {
    return tmux.open(`${inboxCommand} ${args}`, { ...size, cwd: place.folder, env: { ...place.env, ...env } });
  }

  let phones = 60_120_000_000;
  /** A customer of their own writes, by a webhook of the simulated provider. */
  async function write(name: string, text: string): Promise<void> {
    const { phoneNumberId } = server.tims;
    await server.simulator.write({ phoneNumberId, from: { phone: `+${++phones}`, name }, text });
    await server.simulator.idle();
  }

  const small = { columns: 80, rows: 24 };
  const large = { columns: 120, rows: 40 };
  const narrow = { columns: 40, rows: 20 };

  test('a newcomer sees it arrive, takes it, answers, watches the ticks, hands it over and closes it', async () => {
    const colleague = await server.tims.addUser('agent', [server.tims.teamId]);
    const pane = open(await newPlace(), large);
    await pane.until(/Nobody waits/);
    await write('Nurul Aisyah', 'Ada tutor 数学? 👩‍🏫');
    await pane.until(/Nurul Aisyah[\s\S]*Ada tutor 数学/);
    await pane.until(/Queue +1/);
    pane.keep('story-1-arrived-120x40');
    pane.press('t');
    await pane.until(/with you/);
    pane.press('r');
    await pane.until(/Answer/);
    pane.type('Ya, ada.');
    pane.press('M-Enter');
    pane.type('Bila?');
    await pane.until(/› Ya, ada\.\s+│\s+│\s+Bila\?/);
    pane.keep('story-2-answering-120x40');
    pane.press('Enter');
    await pane.until(/You[\s\S]*Ya, ada\. +\d\d:\d\d ✓✓/);
    // Read ones are in the accent colour.
    await pane.until(() => pane.screen({ styles: true }).includes('\u001b[36m✓✓'), 'ticks in the accent colour');
    pane.keep('story-3-read-120x40');
    pane.press('a');
    await pane.until(/Give Nurul Aisyah to/);
    pane.type('agent');
    pane.keep('story-4-assign-120x40');
    pane.press('Enter');
    await pane.until(/Agent has it now/);
    await pane.until(/with agent/);
    pane.press('e');
    await pane.until(/Close Nurul Aisyah: why\?/);
    pane.keep('story-5-close-120x40');
    pane.press('Enter');
    await pane.until(/Closed: Resolved/);
    await pane.until(/Closed +1/);
    pane.press('q');
    await pane.until(/ended with 0/);
    expect(pane.alternate()).toBe(false);
    expect(colleague.id).toMatch(/^usr_/);
  });

  test('at 80×24 and 40×20 list and conversation take turns, and nothing is higher or wider than the screen', async () => {
    await write('陈美玲 Mei Ling', '你好,请问有没有华文和英文都会的小学补习老师?我的孩子今年三年级,住在八打灵再也。');
    for (const [name, size] of [
      ['80x24', small],
      ['40x20', narrow],
    ] as const) {
      const pane = open(await newPlace(), size);
      await pane.until(/陈美玲/);
      expect(fits(pane.keep(`list-${name}`), size)).toBe(true);
      pane.press('Enter');
      await pane.until(/华文[\s\S]*(answers)/);
      expect(fits(pane.keep(`conversation-${name}`), size)).toBe(true);
      pane.press('Escape');
      await pane.until(/open/);
      pane.press('?');
      await pane.until(/Keys/);
      pane.keep(`help-${name}`);
      pane.press('q', ':');
      pane.type('ass');
      await pane.until(/assign/);
      expect(fits(pane.keep(`palette-${name}`), size)).toBe(true);
      // Escape and a letter at once would be Alt and the letter.
      pane.press('Escape');
      await pane.until((screen) => !screen.includes('Do ─'), 'the palette closed');
      pane.press('q');
      await pane.until(/ended with 0/);
    }
  });

  const sizes = [
    ['120x40', large],
    ['80x24', small],
    ['40x20', narrow],
  ] as const;

  test.each(sizes)('a note, tags and a follow-up at %s, as people look at them', async (name, size) => {
    const place = await newPlace();
    await server.tims.addUser('manager', [server.tims.teamId]);
    await write(`Grace ${name}`, '请问 UEC 高中数学有老师吗? Fees please 🙏');
    const pane = open(place, size);
    await pane.until(new RegExp(`Grace ${name}`));
    pane.press('/');
    pane.type(name);
    pane.press('Enter', 'Enter');
    await pane.until(/Fees please[\s\S]*m notes/);
    pane.press('m');
    await pane.until(/NOTE {2}only colleagues read it/);
    pane.type('for @man');
    await pane.until(/Tell a colleague[\s\S]*manager/);
    expect(fits(pane.keep(`note-writing-${name}`), size)).toBe(true);
    pane.press('Enter', 'Enter');
    await pane.until(/┃ Note · You/);
    await pane.until(/Noted; manager is told/);
    pane.press('P');
    await pane.until(/Notes ─/);
    pane.press('Enter');
    pane.type('pin');
    pane.press('Enter');
    await pane.until(/▲ You: for @manager/);
    pane.press('#');
    await pane.until(/Tags of Grace/);
    expect(fits(pane.keep(`tags-${name}`), size)).toBe(true);
    pane.press('Enter');
    await pane.until(/ (is on it|is off)\./);
    pane.press('Escape');
    await pane.until((screen) => !screen.includes('Tags of'), 'the list of tags closed');
    pane.press('f');
    await pane.until(/Come back to Grace/);
    expect(fits(pane.keep(`later-${name}`), size)).toBe(true);
    pane.type('tomorrow');
    pane.press('Enter');
    await pane.until(/what about\?/);
    pane.type('Fees');
    pane.press('Enter');
    await pane.until(/It comes back tomorrow 09:00/);
    expect(fits(pane.keep(`conversation-team-${name}`), size)).toBe(true);
    pane.press('q');
    await pane.until(/ended with 0/);
  });

  test.each(sizes)('the search, the contact and marks at %s, as people look at them', async (name, size) => {
    const place = await newPlace();
    await write(`Priya ${name}`, 'வணக்கம், fees please 🙏');
    const pane = open(place, size);
    await pane.until(new RegExp(`Priya ${name}`));
    pane.press('s');
    await pane.until(/Search ─/);
    pane.type('வணக்கம்');
    await pane.until(new RegExp(`Priya ${name} +now ·`));
    expect(fits(pane.keep(`search-${name}`), size)).toBe(true);
    pane.press('Escape');
    await pane.until((screen) => !screen.includes('Search ─'), 'the search closed');
    pane.press('i');
    await pane.until(/Reached at/);
    expect(fits(pane.keep(`contact-${name}`), size)).toBe(true);
    pane.press('Escape');
    await pane.until((screen) => !screen.includes('Reached at'), 'the contact closed');
    pane.press('Space');
    await pane.until(/1 marked/);
    expect(fits(pane.keep(`marked-${name}`), size)).toBe(true);
    pane.press('q');
    await pane.until(/ended with 0/);
  });

  test.each(sizes)(
    'watchers, feedback, the contact and tags of a message at %s, as people look at them',
    async (name, size) => {
      const place = await newPlace();
      await server.tims.addUser('assistant_manager', [server.tims.teamId]);
      await write(`Farah ${name}`, 'Saya nak tanya pasal bayaran, boleh?');
      const admin = createTims({ url: server.url, accessToken: await server.tokenOf(server.tims.admin) });
      const { data: known } = await admin.contactAttributes.list();
      if (known.length === 0) {
        await admin.contactAttributes.create({
          key: 'plan',
          name: 'Plan',
          type: 'select',
          options: ['gold', 'silver'],
        });
        await admin.contactAttributes.create({ key: 'renewal', name: 'Renewal', type: 'date', position: 1 });
      }
      const pane = open(place, size);
      await pane.until(new RegExp(`Farah ${name}`));
      pane.press('/');
      pane.type(`farah ${name}`);
      await pane.until(/Farah[\s\S]*Narrow the list/);
      await pane.until((screen) => !screen.includes('The server is looking'), 'an answer');
      expect(fits(pane.keep(`filter-${name}`), size)).toBe(true);
      pane.press('Enter', 'Enter');
      await pane.until(/bayaran[\s\S]*m notes/);
      pane.press('W');
      await pane.until(/Who is told when Farah/);
      pane.press('Enter');
      await pane.until(/✓ Me/);
      expect(fits(pane.keep(`watchers-${name}`), size)).toBe(true);
      pane.press('Escape');
      await pane.until((screen) => !screen.includes('Who is told'), 'the watchers closed');
      pane.press('x');
      await pane.until(/Tag which message/);
      expect(fits(pane.keep(`messages-${name}`), size)).toBe(true);
      pane.press('Enter');
      await pane.until(/Tags of: Saya/);
      pane.press('Enter');
      await pane.until(/is on the message/);
      pane.press('Escape');
      await pane.until(
        (screen) => !screen.includes('Tags of:') && /boleh\?.*\n.*#\w+/.test(screen),
        'the tag under the message',
      );
      pane.press('M');
      await pane.until(/Feedback for/);
      pane.press('Enter');
      await pane.until(/FEEDBACK {2}for/);
      pane.type('Quick and kind.');
      await pane.until(/Quick and kind/);
      expect(fits(pane.keep(`feedback-${name}`), size)).toBe(true);
      pane.press('Enter');
      await pane.until(/Noted; .* is told/);
      pane.press('i');
      await pane.until(/Reached at/);
      pane.type('plan');
      pane.press('Enter');
      await pane.until(/Plan of Farah[\s\S]*gold/);
      pane.press('Enter');
      await pane.until(/Plan +gold/);
      expect(fits(pane.keep(`contact-known-${name}`), size)).toBe(true);
      pane.type('block');
      pane.press('Enter');
      await pane.until(/Block Farah[\s\S]*Leave it as it is/);
      expect(fits(pane.keep(`contact-block-${name}`), size)).toBe(true);
      pane.press('Enter');
      await pane.until(/Reached at/);
      pane.press('Escape');
      await pane.until((screen) => !screen.includes('Reached at'), 'the contact closed');
      pane.press('q');
      await pane.until(/ended with 0/);
    },
  );

  /** One row less than there are is used, the last one is free; no line is broken. */
  function fits(screen: string, { columns, rows }: { columns: number; rows: number }): boolean {
    const lines = screen.replace(/\n$/, '').split('\n');
    expect(lines.length).toBeLessThanOrEqual(rows);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    return (lines[rows - 1] ?? '') === '';
  }

  test('a draft survives kill -9, and the editor has the terminal for itself', async () => {
    await write('Budi', 'Adakah kelas petang?');
    const place = await newPlace();
    const editor = join(place.folder, 'editor.sh');
    writeFileSync(
      editor,
      '#!/bin/sh\nprintf "%s\\nfrom the editor 你好" "$(cat "$1")" > "$1.new" && mv "$1.new" "$1"\n',
    );
    chmodSync(editor, 0o700);
    const pane = open(place, small, { EDITOR: editor });
    await pane.until(/Budi/);
    pane.press('/');
    pane.type('budi');
    pane.press('Enter', 'Enter');
    await pane.until(/kelas petang[\s\S]*answers/);
    pane.press('r');
    pane.type('first line');
    await pane.until(/› first line/);
    pane.press('C-o');
    await pane.until(/first line[\s\S]*from the editor 你好/);
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(pane.pid(), 'SIGKILL');
    await pane.until(/ended with 137/);
    const [folder = ''] = readdirSync(join(place.folder, 'config/tims/inbox'));
    const file = join(place.folder, 'config/tims/inbox', folder, 'drafts.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('from the editor');

    const again = open(place, small);
    await again.until(/Budi/);
    again.press('/');
    again.type('budi');
    again.press('Enter', 'Enter');
    await again.until(/draft[\s\S]*first line from the editor 你好/);
    again.keep('draft-kept-80x24');
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s gives the terminal back', async (signal) => {
    const pane = open(await newPlace(), small);
    await pane.until(/Queue/);
    expect(pane.alternate()).toBe(true);
    process.kill(pane.pid(), signal);
    await pane.until(/ended with 1\d\d/);
    expect(pane.alternate()).toBe(false);
    // The terminal's echo and the mouse are as they were.
    pane.type('seen');
    await pane.until(/seen/);
  });

  test('a crash gives the terminal back first, and then says what happened', async () => {
    const crash = 'setTimeout(()=>{throw(new(Error)(4711))},2500)';
    const pane = open(await newPlace(), small, { NODE_OPTIONS: `--import=data:text/javascript,${crash}` });
    await pane.until(/Queue/);
    const screen = await pane.until(/ended with 1/);
    expect(screen).toMatch(/tims inbox stopped: Error: 4711/);
    expect(pane.alternate()).toBe(false);
  });

  test('it follows the size of the terminal', async () => {
    const pane = open(await newPlace(), large);
    await pane.until(/┬─ .*┬─ /);
    pane.resize(90, 30);
    await pane.until((screen) => !screen.includes('┬') && /open/.test(screen), 'one pane');
    pane.resize(104, 30);
    await pane.until((screen) => screen.split('┬').length === 2 && /open/.test(screen), 'two panes');
    expect(fits(pane.keep('resized-104x30'), { columns: 104, rows: 30 })).toBe(true);
    pane.resize(20, 8);
    await pane.until(/Too small/);
    pane.resize(120, 40);
    await pane.until((screen) => screen.split('┬').length === 3, 'three parts');
  });

  test('what customers write cannot leave its place on the screen', async () => {
    const evil =
      '\u001b]0;owned\u0007\u001b[2J\u001b[1;1Hpwned\u009b31m\u202eright\u2066 to left\u001b]52;c;aGk=\u0007 ❤️ ☎️ 1️⃣ 🇲🇾 é नमस्ते مرحبا z̷̡̛͕͇͔̘̦̪̽̈́̾͒̿̐a';
    await write(`\u001b[31mEve\u001b]8;;http://evil\u0007\u202e`, evil);
    const pane = open(await newPlace(), large);
    const screen = await pane.until(/pwnedright to left/);
    expect(screen).toContain('Eve');
    pane.press('/');
    pane.type('eve');
    pane.press('Enter', 'Enter');
    await pane.until(/Eve[\s\S]*answers|Take it/);
    const kept = pane.keep('hostile-120x40');
    expect(fits(kept, large)).toBe(true);
    // The rules between the parts stand where they stand in every other line.
    const column = (line: string) => stringWidth(line.slice(0, line.indexOf('│')));
    const bars = kept.split('\n').filter((line) => line.includes('│'));
    expect(new Set(bars.map(column)).size).toBe(1);
    expect(kept).not.toContain('owned\u0007');
  });

  test('offline and back: a banner with its age, the answer is marked and sent once', async () => {
    await write('Chong', 'Are you there?');
    const place = await newPlace();
    const pane = open(place, large);
    pane.press('/');
    await pane.until(/Narrow/);
    pane.type('chong');
    await pane.until(/Are you there/);
    pane.press('Enter', 't');
    await pane.until(/with you/);
    await server.app.close();
    await pane.until(/Offline for \d+ s/);
    pane.press('r');
    pane.type('Back in a moment');
    pane.press('Enter');
    await pane.until(/Back in a moment +\d\d:\d\d +…/);
    await pane.until(/1 answer waits and is sent once/);
    pane.keep('offline-120x40');
    await startAgain();
    const isBack = (screen: string) => !screen.includes('Offline') && /Back in a moment +\d\d:\d\d +✓/.test(screen);
    await pane.until(isBack, 'the answer sent');
    expect(await sent('Back in a moment')).toBe(1);
    expect(pane.screen().split('Back in a moment')).toHaveLength(2);

    // What waits survives kill -9, too, and the next inbox sends it.
    await server.app.close();
    await pane.until(/Offline for \d+ s/);
    pane.press('r');
    pane.type('Never lost');
    pane.press('Enter');
    await pane.until(/Never lost +\d\d:\d\d +…/);
    process.kill(pane.pid(), 'SIGKILL');
    await startAgain();
    const again = open(place, large);
    await again.until(/Chong[\s\S]*Never lost/);
    await expect.poll(() => sent('Never lost'), { timeout: 10_000 }).toBe(1);
  });

  /** The server is back at its address. */
  async function startAgain(): Promise<void> {
    const { installation, ingest } = server.tims;
    server.app = await build({ installation, ingest, rateLimits: { perMinute: 100_000, loginPerMinute: 1_000 } });
    await server.app.listen({ port: Number(new URL(server.url).port), host: '127.0.0.1' });
  }

  /** How often the provider was given the text. */
  async function sent(text: string): Promise<number> {
    const { sends } = await server.simulator.sends();
    return sends.filter((one) => JSON.stringify(one).includes(text)).length;
  }

  test('a wrong name of a key is told at the start, with the nearest right one', async () => {
    const pane = open(await newPlace({ inbox: { keys: { take: 'crtl+t' } } }), small);
    const screen = await pane.until(/ended with 2/);
    expect(screen.replaceAll('\n', '')).toMatch(/inbox\.keys\.take names the key "crtl\+t".*Did you mean "ctrl\+t"\?/);
  });

  test('without colours and without a mouse', async () => {
    const place = await newPlace();
    const pane = open(place, small, { NO_COLOR: '1' }, '--no-mouse');
    await pane.until(/Queue/);
    const styles = pane.screen({ styles: true }).match(/\[[\d;]*m/g) ?? [];
    expect(styles).toContain('[7m');
    expect(styles.filter((style) => /[34][0-7]/.test(style))).toEqual([]);
    pane.keep('no-colour-80x24');
  });
});

test('where there is no terminal it says so, and what to use instead', async () => {
  const place = emptyPlace();
  const ended = await place.tims(['inbox']);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(/The inbox needs a terminal\.\n.*`tims conversations list`/);
  expect((await place.tims(['inbox', '--json'])).stderr).toContain('no --json');
  await place.leave();
});
