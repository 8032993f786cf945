import { join } from 'node:path';
import { aBrowser, signIn, skip } from '../page/browser.ts';
import { aWorld } from '../world.ts';

const FILE = join(import.meta.dirname, '../../src/web/help/page.png');
/** What the picture shows, oldest first: an endpoint's provider, and one of its samples. */
const SHOWN = [
  ['github', 'push', ''],
  ['stripe', 'invoice.payment_failed', `secret=whsec_${'0123456789abcdef'.repeat(2)}`],
  ['alertmanager', 'firing', ''],
] as const;

/** `npm run screenshot`: the picture of the page in the README. */
if (skip) {
  console.error(`No picture can be made: ${skip}.`);
  process.exitCode = 1;
} else await shoot();

async function shoot(): Promise<void> {
  await using world = await aWorld();
  for (const [provider, sample, secret] of SHOWN) {
    await world.endpoint(provider, `in #ops ${secret}`);
    await world.type(`/webhook test ${provider} ${sample}`);
  }
  await world.settled();
  const browser = await aBrowser();
  try {
    const page = await signIn(browser, world, { viewport: { width: 1100, height: 880 }, colorScheme: 'light' });
    await page.goto(`${world.publicUrl}/#/chat/ops`);
    await page.locator('.slack').nth(2).waitFor();
    await page.screenshot({ path: FILE, animations: 'disabled' });
  } finally {
    await browser.close();
  }
  console.log(`The picture is in ${FILE}.`);
}
