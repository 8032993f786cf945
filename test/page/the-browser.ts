import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { aBrowser } from './browser.ts';

let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

/** One browser for all tests of a process, for starting one takes long; what they open in it is theirs alone. */
export function theBrowser(): Promise<Browser> {
  browser ??= aBrowser();
  return browser;
}
