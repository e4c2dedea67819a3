import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { WindowOptions } from './office.js';

/** Where the pictures are left, to be looked at. */
const pictures = fileURLToPath(new URL('../../../../.cache/screens/web/', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const looks: Record<string, WindowOptions> = {
  light: { width: 1440, height: 900, colorScheme: 'light' },
  dark: { width: 1440, height: 900, colorScheme: 'dark' },
  narrow: { width: 360, height: 740, colorScheme: 'light' },
  'narrow-dark': { width: 360, height: 740, colorScheme: 'dark' },
  middle: { width: 900, height: 800, colorScheme: 'light' },
  wide: { width: 2560, height: 1300, colorScheme: 'light' },
};

/** Those in which every page is looked at: where each of them can go wrong. */
export const mainLooks = ['light', 'dark', 'narrow'] as const;

/** Leaves a picture of the page; answers with what on it keeps people out, each beginning with the name. */
export async function photograph(page: Page, name: string, look: string): Promise<string[]> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name.replaceAll(' ', '-')}.${look}.png`) });
  return (await faultsOf(page)).map((fault) => `${name}: ${fault}`);
}

async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 240)}`),
  );
}

interface Axe {
  run(options: { resultTypes: string[] }): Promise<{ violations: Violation[] }>;
}

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}
