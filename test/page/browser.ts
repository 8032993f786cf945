import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { until } from '../until.ts';
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

/** A real browser, and a folder for what it shows where that is wanted. */
export async function aBrowser(): Promise<Browser> {
  if (process.env.SCREENSHOTS) await mkdir(SCREENSHOTS, { recursive: true });
  return chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: FLAGS });
}

/** Screens that every page has to fit. Colours move nothing, so what is dark is there for its pictures alone. */
export const screens = (
  [
    { look: 'wide and light', width: 1280, colorScheme: 'light' },
    { look: 'wide and dark', width: 1280, colorScheme: 'dark' },
    { look: 'narrow and light', width: 380, colorScheme: 'light' },
    { look: 'narrow and dark', width: 380, colorScheme: 'dark' },
  ] as const
).filter(({ colorScheme }) => colorScheme === 'light' || process.env.SCREENSHOTS);

/** Takes a picture for people to look at, where `SCREENSHOTS` is set: as many as there are take a while. */
export async function screenshot(
  page: Pick<Page, 'screenshot'>,
  name: string,
  options: { readonly fullPage?: boolean } = {},
): Promise<void> {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), ...options });
}

/** The page for somebody who is signed in, in a browser of their own. They were asked for their name before. */
export async function signIn(
  browser: Browser,
  { app, publicUrl }: World,
  options: BrowserContextOptions = { viewport: { width: 1280, height: 800 } },
): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
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

/** Takes pictures of a view, and holds that nothing sticks out of it where there is little room. */
export async function look(page: Page, name: string): Promise<void> {
  await screenshot(page, `${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 380, height: 800 });
  await screenshot(page, `${name}-narrow`, { fullPage: true });
  // A view that shows less where there is little room is drawn anew first.
  const fits = 'document.documentElement.scrollWidth <= window.innerWidth';
  await until(() => page.evaluate(fits), `nothing sticks out of ${name}`);
  if (wide) await page.setViewportSize(wide);
}
