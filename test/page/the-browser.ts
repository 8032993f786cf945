import type { Browser } from 'playwright-core';
import { aBrowser } from './browser.ts';

/** How long it stays for those who come next, in milliseconds. */
const STAYS_FOR = 1_000;
/** How long nothing may be open in it before it is closed though somebody did not leave it. */
const IDLE_FOR = 120_000;

let browser: Promise<Browser> | undefined;
let users = 0;
let closing: NodeJS.Timeout | undefined;

/** One browser for all tests of a process, for starting one takes long; what they open in it is theirs alone. Whoever takes it leaves it. */
export function theBrowser(): Promise<Browser> {
  users++;
  clearTimeout(closing);
  browser ??= aBrowser().then(closeWhenIdle);
  return browser;
}

/** A browser that nobody leaves would keep the process, and with it all tests, from ending. */
function closeWhenIdle(opened: Browser): Browser {
  let idleSince: number | undefined;
  const timer = setInterval(() => {
    idleSince = opened.contexts().length > 0 ? undefined : (idleSince ?? performance.now());
    if (idleSince === undefined || performance.now() - idleSince < IDLE_FOR) return;
    browser = undefined;
    void opened.close();
  }, 1_000).unref();
  opened.once('disconnected', () => clearInterval(timer));
  return opened;
}

/** The last to leave has it closed. A hook after all tests cannot: Node runs that once nothing is left open, and the browser would be. */
export function leaveTheBrowser(): void {
  users--;
  if (users > 0) return;
  closing = setTimeout(async () => {
    const last = browser;
    browser = undefined;
    await (await last)?.close();
  }, STAYS_FOR);
}
