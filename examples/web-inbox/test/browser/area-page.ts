import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { codeOf } from './authenticator.js';

/** A line of a list. */
export const line = (page: Page, list: string, text: string): Locator =>
  page.getByRole('region', { name: list, exact: true }).getByRole('row').filter({ hasText: text });

/** What the lines of a list are called. */
export async function names(page: Page, list: string): Promise<string[]> {
  const cells = page.getByRole('region', { name: list, exact: true }).locator('tbody tr td:first-child');
  return (await cells.allTextContents()).map((text) => text.trim());
}

/** The name of the field that has the focus. */
export const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('name'));

/** The link of a mail, as a path of the inbox: the server of the test is at another address than its mails say. */
export function pathIn(mail: string): string {
  const { pathname, search } = new URL(/https?:\/\/\S+/.exec(mail)?.[0] ?? '');
  return pathname + search;
}

/** From the password to the recovery codes; answers with the app's key. */
export async function setUp(page: Page, password: string): Promise<string> {
  const field = page.getByRole('textbox', { name: 'Password', exact: true });
  await field.fill('not my password');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('The password is wrong.').waitFor();
  await field.fill(password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  const secret = (await page.getByText(/^([A-Z2-7]{4} )+[A-Z2-7]+$/).textContent()) ?? '';
  await page.getByLabel('The code that the app shows').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await page.getByRole('list', { name: 'Recovery codes' }).waitFor();
  expect(await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').count()).toBe(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  return secret;
}

/** Errors of the page are errors of the test; what a refusal or a cut line makes the browser say is not. */
export function watching(mistakes: string[]): (page: Page) => Page {
  return (page) => {
    page.on('pageerror', (error) => mistakes.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource|WebSocket connection|net::ERR/.test(message.text()))
        mistakes.push(message.text());
    });
    return page;
  };
}
