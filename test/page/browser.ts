import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { World } from '../world.ts';

const CHROMIUM = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(existsSync);
const PAGE = join(import.meta.dirname, '../../src/web/dist/index.html');
const SCREENSHOTS = join(import.meta.dirname, '../screenshots');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why the page cannot be tried here; false where it can, or must. */
export const skip: string | false =
  !process.env.REQUIRE_BROWSER &&
  ((!CHROMIUM && 'no Chromium is installed') || (!existsSync(PAGE) && 'the page is not built: npm run prepare'));

/** A real browser, and a folder for what it showed. */
export async function aBrowser(): Promise<Browser> {
  await mkdir(SCREENSHOTS, { recursive: true });
  return chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: FLAGS });
}

/** Where a screenshot of that name goes. */
export function screenshot(name: string): string {
  return join(SCREENSHOTS, `${name}.png`);
}

/** The page for somebody who is signed in, in a browser of their own. They were asked for their name before. */
export async function signIn(
  browser: Browser,
  { app, publicUrl }: World,
  options: BrowserContextOptions = { viewport: { width: 1280, height: 800 } },
): Promise<Page> {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
  await page.addInitScript({ content: "localStorage.setItem('bellhop.name-asked', 'yes')" });
  page.on('pageerror', (error) => assert.fail(`the page failed: ${error.message}`));
  await page.goto(`${publicUrl}/sign-in?code=${await app.createCode()}`);
  await page.getByRole('textbox', { name: 'Command' }).waitFor();
  return page;
}

/** Intercepts nothing any more. What was still intercepted may end as it likes: nothing waits for it. */
export function letThrough(page: Page): Promise<void> {
  return page.unrouteAll({ behavior: 'ignoreErrors' });
}
