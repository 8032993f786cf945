import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { until } from '../until.ts';
import { aPush, aWorld, type World } from '../world.ts';
import { screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('the page', { skip }, () => {
  let world: World;
  let page: Page;
  /** Where each view is, and what the browser calls it. */
  let routes: readonly (readonly [route: string, title: string])[];
  before(async () => {
    world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #general as api');
    await world.deliver(endpoint, aPush());
    await world.deliver(endpoint, { ...aPush(), secret: 'another secret altogether' });
    await world.settled();
    const [event] = await world.events();
    routes = [
      ['chat/general', '#general'],
      ['chat/empty', '#empty'],
      ['events', 'Events'],
      [`events/${event?.id}`, `Event ${event?.id}`],
      ['refusals', 'Refused deliveries'],
      ['templates', 'Templates'],
      ['endpoints', 'Endpoints'],
      ['endpoints/api', 'api'],
      ['mutes', 'Mutes'],
      ['audit', 'Audit'],
      ['templates/api/push', 'Template of push'],
      ['gallery?provider=github', 'Gallery of messages'],
      ['providers', 'Providers'],
      ['providers/gitlab', 'gitlab'],
      ['help', 'Help'],
      ['help/commands', 'Help'],
      ['help/environment', 'Help'],
      ['help/api', 'Help'],
      ['events?q=nothing+like+this', 'Events'],
      ['events/999999', 'Event 999999'],
      ['nowhere', 'No such page'],
    ];
    page = await signIn(await theBrowser(), world);
  });
  after(async () => {
    await page?.context().close();
    leaveTheBrowser();
    await world?.[Symbol.asyncDispose]();
  });

  async function open(route: string, title: string): Promise<void> {
    await page.goto(`${world.publicUrl}/#/${route}`);
    // What waits within the page would be refused by its security policy.
    await until(async () => (await page.title()) === `${title} · Bellhop`, title);
    await page.locator('main :is(h1, h2):visible').first().waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  }

  const looks = {
    light: { colorScheme: 'light', forcedColors: 'none' },
    dark: { colorScheme: 'dark', forcedColors: 'none' },
    'forced colours': { colorScheme: 'light', forcedColors: 'active' },
  } as const;
  for (const [name, media] of Object.entries(looks))
    it(`has nothing that axe finds fault with, in ${name}`, async () => {
      await page.emulateMedia(media);
      const faults: string[] = [];
      for (const [route, title] of routes) {
        await open(route, title);
        faults.push(...(await faultsOf(page)).map((fault) => `${route}: ${fault}`));
      }
      assert.deepEqual(faults, []);
    });

  it('has nothing that axe finds fault with in a dialog, whose end gives the focus back', async () => {
    await page.emulateMedia(looks.light);
    await open('chat/general', '#general');
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.fill('/webhook new');
    await line.press('Enter');
    await page.getByRole('dialog', { name: 'New endpoint' }).waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press('Escape');
    await until(async () => line.evaluate((field) => field.matches(':focus')), 'the focus is back');
  });

  it('needs no scrolling to the side at 400 %, and axe finds no fault there', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const faults: string[] = [];
    for (const [route, title] of routes) {
      await open(route, title);
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (width > 320) faults.push(`${route} is ${width} pixels wide`);
      faults.push(...(await faultsOf(page)).map((fault) => `${route}: ${fault}`));
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    assert.deepEqual(faults, []);
  });

  it('says in an empty channel that providers cannot reach it, and takes an address from an admin', async () => {
    await open('chat/empty', '#empty');
    await page.getByText(/Providers elsewhere cannot reach/).waitFor();
    await page.screenshot({ path: screenshot('unreachable') });
    await page.locator('summary', { hasText: 'you' }).click();
    await page.getByRole('textbox', { name: 'Address that providers reach' }).fill('http://127.0.0.1:9');
    await page.getByRole('button', { name: 'Set address' }).click();
    await page.getByRole('button', { name: 'Set it anyway' }).waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.screenshot({ path: screenshot('address') });
    await page.getByRole('button', { name: 'Set it anyway' }).click();
    await page.getByText(/Providers elsewhere cannot reach/).waitFor({ state: 'detached' });
  });

  it('has a title for each view, a way to skip to the command line, and says what is suggested', async () => {
    await open('events', 'Events');
    await open('chat/general', '#general');
    await page.getByRole('button', { name: 'Skip to content' }).focus();
    await page.keyboard.press('Enter');
    const line = page.getByRole('textbox', { name: 'Command' });
    assert.equal(await line.evaluate((field) => field.matches(':focus')), true);
    await line.pressSequentially('/webhook unm');
    await page.getByText('1 suggestion, first unmute').waitFor({ state: 'attached' });
  });
});

/** What axe finds: the rule, and where. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  // Not as a script of the page: its security policy would refuse that.
  await page.evaluate(`globalThis.axe ?? (() => { ${axe.source} })()`);
  const { violations, passes } = (await page.evaluate('axe.run(document)')) as axe.AxeResults;
  assert.ok(passes.length > 15, 'axe looked at the page');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
}
