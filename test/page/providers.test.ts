import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { aPush, aWorld } from '../world.ts';
import { screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('the page', { skip }, () => {
  let browser: Browser;
  before(async () => {
    browser = await theBrowser();
  });
  after(leaveTheBrowser);

  it('waits for the first delivery of an endpoint, and lists all providers with how each is set up', async () => {
    await using world = await aWorld();
    const page = await signIn(browser, world);
    page.setDefaultTimeout(10_000);
    await page.goto(`${world.publicUrl}/#/chat/ops`);
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.fill('/webhook new in #ops as hub');
    await line.press('Escape');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Waiting for the first delivery to hub').waitFor();
    await screenshot(page, 'pending-waits');
    const text = (await page.locator('.note').last().textContent()) ?? '';
    const [url = ''] = /https?:\S+?\/in\/[\w-]{43}/.exec(text) ?? [];
    const { headers, payload } = aPush();
    const sent = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    assert.equal(sent.status, 202);
    await page.getByText('Received, it seems from GitHub').waitFor();
    await page.locator('.first-delivery').getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('its message would be').waitFor();
    await screenshot(page, 'pending-received');

    await page.getByRole('link', { name: 'Providers' }).click();
    await page.getByText(/^2\d\d providers$/).waitFor();
    await page.getByLabel('Search providers').fill('strip');
    await page.getByText('1 provider', { exact: true }).waitFor();
    await page.getByRole('link', { name: /Stripe/ }).click();
    const shown = page.getByRole('article', { name: 'Stripe' });
    await shown.waitFor();
    const words = (await shown.textContent()) ?? '';
    for (const expected of [
      /keyed hash with the time/,
      /Read in its own code/,
      /It makes it, and you give it/,
      /Designed/,
      /Workbench/,
    ])
      assert.match(words, expected);
    await page.waitForURL(/#\/providers\/stripe\?word=strip$/);
    assert.equal(await shown.isVisible(), true);
    await screenshot(page, 'providers');
    await page.context().close();
  });
});
