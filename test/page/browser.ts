import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
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
