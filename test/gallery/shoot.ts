import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { signIn } from '../page/browser.ts';
import type { World } from '../world.ts';
import { type Height, heightOf } from './height.ts';

/** One picture of one sample. */
export interface Shot {
  readonly provider: string;
  readonly title: string;
  readonly sample: string;
  readonly template: string;
  readonly look: 'phone' | 'slack' | 'discord';
  readonly colorScheme: 'light' | 'dark';
  readonly file: string;
  readonly height: Height;
}

export interface ShootOptions {
  readonly browser: Browser;
  readonly world: World;
  readonly folder: string;
  /** The providers to show; all when empty. */
  readonly wanted: readonly string[];
  readonly colorScheme: Shot['colorScheme'];
}

interface Gallery {
  readonly providers: readonly { readonly name: string; readonly title: string }[];
  readonly samples: readonly { readonly provider: string; readonly sample: string; readonly template: string }[];
}

const LOOKS = ['phone', 'slack', 'discord'] as const;
/** What stands in a look once it is drawn. */
const DRAWN = { phone: '.phone-notice', slack: '.slack', discord: 'discord-message' } as const;
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="100%" height="100%" fill="#888"/></svg>';

/** The providers that are asked for and have no samples. */
export async function withoutSamples(wanted: readonly string[], world: World): Promise<readonly string[]> {
  const { providers } = (await world.call<Gallery>('/api/v1/gallery')).json;
  return wanted.filter((name) => !providers.some((provider) => provider.name === name));
}

/** Takes a picture of every sample in every look, from the gallery of the page. */
export async function shoot({ browser, world, folder, wanted, colorScheme }: ShootOptions): Promise<readonly Shot[]> {
  const { providers, samples } = (await world.call<Gallery>('/api/v1/gallery')).json;
  const page = await signIn(browser, world, { viewport: { width: 1440, height: 1000 }, colorScheme });
  await withoutOutside(page, world);
  const shots: Shot[] = [];
  for (const { name, title } of providers.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    await page.goto(`${world.publicUrl}/#/gallery?provider=${encodeURIComponent(name)}`);
    await page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
    for (const { provider, sample, template } of samples.filter(({ provider }) => provider === name)) {
      const card = page.locator(`[data-sample="${provider}/${sample}"]`);
      await card.scrollIntoViewIfNeeded();
      for (const look of LOOKS) {
        const figure = card.locator(`[data-look=${look}]`);
        await figure.locator(DRAWN[look]).first().waitFor();
        const file = `${provider}-${sample}-${look}-${colorScheme}.png`;
        await figure.screenshot({ path: join(folder, file), animations: 'disabled' });
        shots.push({ provider, title, sample, template, look, colorScheme, file, height: await heightOf(figure) });
      }
    }
  }
  await page.context().close();
  return shots;
}

/** Pictures that samples name are made up: a grey one stands for each, and nothing leaves this machine. */
async function withoutOutside(page: Page, { publicUrl }: World): Promise<void> {
  await page.route(
    (url) => /^https?:$/.test(url.protocol) && url.origin !== new URL(publicUrl).origin,
    (route) => route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }),
  );
}
