import type { Browser, Page } from 'playwright-core';
import { type Bellhop, type Remains, startBellhop } from '../bellhop.ts';
import { median } from '../statistics.ts';

export const ENDPOINTS = 62;
export const CHANNELS = 34;
const LOADS = 7;

export interface House {
  /** The first endpoint, as it was made. */
  readonly first: { readonly url: string; readonly secret: string };
  readonly endpointIds: readonly string[];
}

/** Has a Bellhop of its own make endpoints that lead to channels `channel-0` and on, and ends it: what is left is to be filled. */
export async function makeHouse(remains: Remains): Promise<House> {
  const bellhop = await startBellhop({}, remains);
  const made = [];
  for (let index = 0; index < ENDPOINTS; index++)
    made.push(await bellhop.endpoint(`#channel-${index % CHANNELS} as hook-${index}`));
  const { endpoints } = await bellhop.call<{ endpoints: readonly { readonly id: string }[] }>('/endpoints');
  await bellhop.kill();
  const [first = { url: '', secret: '' }] = made;
  return { first, endpointIds: endpoints.map(({ id }) => id) };
}

/** The page in a window, signed in. */
export async function openPage(browser: Browser, bellhop: Bellhop): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const { url } = await bellhop.call<{ readonly url: string }>('/sign-in-links', {});
  await page.goto(bellhop.url + url);
  await page.getByRole('textbox', { name: 'Command' }).waitFor();
  return page;
}

/** How long a view takes from its address to what `isThere` waits for, as a budget's row. */
export async function measureLoads(
  page: Page,
  {
    address,
    what,
    isThere,
  }: { readonly address: string; readonly what: string; readonly isThere: () => Promise<void> },
) {
  const loads: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    await page.goto('about:blank');
    const before = performance.now();
    await page.goto(address);
    await isThere();
    loads.push(performance.now() - before);
  }
  const took = median(loads);
  return { what, measured: `${Math.round(took)} ms in the median of ${LOADS}`, budget: 'under 1 s', met: took < 1_000 };
}
