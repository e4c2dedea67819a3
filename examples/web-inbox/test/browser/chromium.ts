import { appendFileSync, existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The machine's browser; undefined where there is none, which the closing summary of the test command then says. */
export const browserPath = process.env.CHROME_PATH ?? places.find((path) => existsSync(path));

if (!browserPath) {
  if (process.env.CI === 'true') throw new Error('The browser tests cannot run: apt-get install chromium');
  const list = process.env.TIMS_TEST_LACKS;
  if (list) appendFileSync(list, 'Chromium: apt-get install chromium\n');
}

/** Sees nothing but this machine. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}
