import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { tellOfNoisyBot } from '../../chats/noisy-bot.ts';
import { takesLong } from '../../runs.ts';
import { aWorld } from '../../world.ts';
import { screenshot, signIn, skip } from '../browser.ts';
import { aPageChat } from '../page-chat.ts';
import { leaveTheBrowser, theBrowser } from '../the-browser.ts';

describe('a noisy bot', { skip: skip || takesLong }, () => {
  let browser: Browser;
  before(async () => {
    browser = await theBrowser();
  });
  after(leaveTheBrowser);

  it('is made quiet by one click on the page, and heard again by another', async () => {
    await using world = await aWorld();
    const page = await signIn(browser, world);
    await page.goto(`${world.publicUrl}/#/chat/ops`);
    await tellOfNoisyBot(aPageChat(page), world, {
      leave: () => page.goto(`${world.publicUrl}/#/events`),
      async back() {
        await world.settled();
        await page.goto(`${world.publicUrl}/#/chat/ops`);
        await page.locator('ol[aria-label=Messages] > li.message').first().waitFor();
      },
    });
    await screenshot(page, 'noisy-bot');
    await page.context().close();
  });
});
