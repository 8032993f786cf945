import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { takesLong } from '../../runs.ts';
import { until } from '../../until.ts';
import { aPush, aWorld, type World } from '../../world.ts';
import { faultsOf } from '../accessibility/axe.ts';
import { screenshot, signIn, skip } from '../browser.ts';
import { leaveTheBrowser, theBrowser } from '../the-browser.ts';
import { range, say } from './say.ts';

const LOOKS = [
  { name: 'light', width: 1280, media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', width: 320, media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', width: 1280, media: { colorScheme: 'light', forcedColors: 'active' } },
] as const;

describe('the chat for everybody', { skip: skip || takesLong }, () => {
  let world: World;
  let page: Page;
  before(async () => {
    world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #doors as api');
    await world.deliver(endpoint, aPush());
    await world.settled();
    await say(world, 'general', ['hello']);
    page = await signIn(await theBrowser(), world);
    await until(async () => /"read":"\d+"/.test(JSON.stringify((await world.call('/api/v1/channels')).json)));
    await say(world, 'doors', range(1, 20));
  });
  after(async () => {
    await page?.context().close();
    leaveTheBrowser();
    await world?.[Symbol.asyncDispose]();
  });

  for (const { name, width, media } of LOOKS)
    it(`has nothing that axe finds fault with in ${name}, ${width} pixels wide: its drawings, what is new, and the search for a channel`, async () => {
      await page.emulateMedia(media);
      await page.setViewportSize({ width, height: 640 });
      const shot = (what: string) => screenshot(page, `chat-${what}-${name.replaceAll(' ', '-')}-${width}`);
      await page.goto(`${world.publicUrl}/#/chat/general`);
      const line = page.getByRole('textbox', { name: 'Command' });
      await line.focus();
      await page.keyboard.press('Control+k');
      await page.getByRole('option', { name: '# doors' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await shot('find');
      assert.deepEqual(await faultsOf(page), []);
      await page.keyboard.press('Escape');
      await until(async () => line.evaluate((field) => field.matches(':focus')), 'the focus is back');
      await page.goto(`${world.publicUrl}/#/chat/doors`);
      await page.locator('.new-mark', { hasText: '20 new' }).waitFor();
      for (const look of ['Slack', 'Discord']) {
        await page.getByText(look, { exact: true }).first().click();
        await page
          .locator(look === 'Slack' ? '.slack' : 'discord-message')
          .first()
          .waitFor();
        await page.locator('.timeline').evaluate((scroller) => scroller.scrollTo({ top: -10_000 }));
        await shot(look);
        assert.deepEqual(await faultsOf(page), [], look);
        assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width);
      }
      await page.getByText('Slack', { exact: true }).first().click();
    });
});
