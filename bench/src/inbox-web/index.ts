import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openSqlite, startTestServer, type TestServer } from '@tims/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import { percentile, rounded } from '../statistics.js';
import { fill } from './fill.js';

const conversations = 10_000;
const scrollSeconds = 6;
const routeChanges = 20;
/** A screen's frame at 60 a second, with room for the clock's own jitter. */
const frameMs = 1000 / 60 + 1;

/** How the web inbox scrolls through ten thousand conversations, and how fast it goes from one to another. */
export async function inboxWeb(progress: (line: string) => void): Promise<object> {
  const inboxFolder = join(dirname(createRequire(import.meta.url).resolve('@tims/web-inbox/package.json')), 'dist');
  const server = await startTestServer(await openSqlite(), { app: { inboxFolder } });
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (!executablePath) throw new Error('There is no Chromium: apt-get install chromium');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    await fill(server, conversations, progress);
    const page = await signedIn(browser, server);
    progress('loading the whole list');
    const loaded = await loadAll(page);
    progress(`scrolling through ${loaded} for ${scrollSeconds} s`);
    const trace = await traced(browser, page, () => scroll(page));
    const routes = await changeRoutes(page);
    return {
      name: 'inbox-web',
      conversations: loaded,
      framesPerSecond: rounded(trace.frames.length / (trace.frames.reduce((sum, ms) => sum + ms, 0) / 1000), 1),
      frameP95Ms: rounded(percentile(trace.frames, 95), 1),
      lateFrameShare: rounded(trace.frames.filter((ms) => ms > frameMs * 1.5).length / trace.frames.length, 3),
      routeChangeP95Ms: rounded(percentile(routes, 95), 1),
      trace: trace.path,
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function signedIn(browser: Browser, server: TestServer): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.url}/inbox/all`);
  await page.getByLabel('E-mail').fill(server.adminEmail);
  await page.getByLabel('Password', { exact: true }).fill(server.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('option').first().waitFor();
  return page;
}

/** Goes to the end until there is no more; answers with how many rows there are. */
async function loadAll(page: Page): Promise<number> {
  for (let rows = 0, same = 0; ; ) {
    await page.evaluate(toEnd);
    await page.waitForTimeout(30);
    const now = Number(await page.getByRole('option').last().getAttribute('aria-setsize'));
    same = now === rows ? same + 1 : 0;
    rows = now;
    if (rows >= conversations || same > 100) break;
  }
  await page.evaluate(toStart);
  await page.waitForTimeout(500);
  return Number(await page.getByRole('option').first().getAttribute('aria-setsize'));
}

/** Turns the wheel as a hand does; answers with the time from each frame to the next, in milliseconds. */
async function scroll(page: Page): Promise<number[]> {
  await page.locator('[data-chat-list]').hover();
  await page.evaluate(watchFrames);
  for (const end = Date.now() + scrollSeconds * 1000; Date.now() < end; ) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(30);
  }
  const times = await page.evaluate<number[]>('frameTimes');
  return times.slice(1).map((at, index) => at - (times[index] ?? at));
}

async function traced(browser: Browser, page: Page, work: () => Promise<number[]>) {
  const path = join('.bench', 'inbox-web-trace.json');
  mkdirSync('.bench', { recursive: true });
  await browser.startTracing(page, { path });
  const frames = await work();
  await browser.stopTracing();
  return { frames, path };
}

/** From a key to the next frame that shows another conversation, again and again. */
async function changeRoutes(page: Page): Promise<number[]> {
  await page.evaluate(toStart);
  const times: number[] = [];
  for (let index = 0; index < routeChanges; index++) {
    times.push(await page.evaluate<number>(`(${openRow})(${index % 5})`));
    await page.waitForTimeout(150);
  }
  return times;
}

// What runs in the page is text: this package is compiled without the browser's types.
const toEnd = `{ const list = document.querySelector('[data-chat-list]'); list.scrollTo({ top: list.scrollHeight }); }`;
const toStart = `document.querySelector('[data-chat-list]').scrollTo({ top: 0 })`;
const watchFrames = `{
  globalThis.frameTimes = [];
  const tick = (at) => { frameTimes.push(at); requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}`;

/** Answers in the frame after the one in which it was drawn: by then it is on the screen. */
const openRow = `(index) => new Promise((resolve) => {
  const started = performance.now();
  document.querySelectorAll('[role=option]')[index].click();
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
})`;
