import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import { takesLong } from '../runs.ts';
import { aWorld, type World } from '../world.ts';
import { screens, screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('the gallery', { skip }, () => {
  let browser: Browser;
  let world: World;
  before(async () => {
    browser = await theBrowser();
    world = await aWorld();
  });
  after(async () => {
    leaveTheBrowser();
    await world[Symbol.asyncDispose]();
  });

  it('is reached from the menu of who one is, and lists every sample of every provider', {
    skip: takesLong,
  }, async () => {
    const { providers, templates } = await loadCatalogue();
    const counts = [...providers.keys()].map((name) => templates.samples.of(name).size);
    const page = await signIn(browser, world);
    await page.locator('.status summary').click();
    await page.getByRole('link', { name: 'Gallery of messages' }).click();
    await page.getByRole('heading', { level: 1, name: 'Gallery of messages' }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'GitHub', exact: true }).waitFor();
    assert.equal(
      await page.getByRole('article').count(),
      counts.reduce((sum, count) => sum + count, 0),
    );
    await page.context().close();
  });

  it('shows the samples of one provider, with the focus left in the filter', async () => {
    const page = await signIn(browser, world);
    await page.goto(`${world.publicUrl}/#/gallery`);
    await page.getByRole('combobox', { name: 'Provider' }).focus();
    await page.getByRole('combobox', { name: 'Provider' }).selectOption('alertmanager');
    await page.getByRole('heading', { level: 2, name: 'GitHub', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('article', { name: 'firing' }).waitFor();
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'SELECT');
    assert.match(page.url(), /#\/gallery\?provider=alertmanager$/);
    await page.context().close();
  });

  it('draws each sample as a phone, as Slack and as Discord show it', async () => {
    const page = await signIn(browser, world);
    await page.goto(`${world.publicUrl}/#/gallery?provider=alertmanager`);
    const card = page.getByRole('article', { name: 'firing' });
    const { json } = await world.call<{ samples: { sample: string; text: string; message: { title: Title } }[] }>(
      '/api/v1/gallery?provider=alertmanager',
    );
    const firing = json.samples.find(({ sample }) => sample === 'firing');
    await card
      .getByRole('figure', { name: 'Phone' })
      .getByText(firing?.text ?? '')
      .waitFor();
    for (const [look, drawn] of Object.entries({ Slack: '.slack', Discord: 'discord-message' }))
      await card
        .getByRole('figure', { name: look })
        .locator(drawn)
        .getByText(firing?.message.title.text.slice(0, 20) ?? '')
        .first()
        .waitFor();
    await page.context().close();
  });

  it('draws a first line as the link it is, whatever it holds', async () => {
    const page = await signIn(browser, world);
    await page.goto(`${world.publicUrl}/#/gallery?provider=alertmanager`);
    for (const look of ['Slack', 'Discord'])
      await page
        .getByRole('article', { name: 'resolved' })
        .getByRole('figure', { name: look })
        .getByRole('link', { name: /^\W*Resolved after 1 h 20 min: Less than 10 % of the disk is free: db-1.9100$/ })
        .waitFor();
    await page.context().close();
  });

  for (const { look, width, colorScheme } of screens)
    it(`fits a screen that is ${look}`, async () => {
      const page = await signIn(browser, world, { viewport: { width, height: 900 }, colorScheme });
      await page.goto(`${world.publicUrl}/#/gallery?provider=alertmanager`);
      const figures = page.getByRole('article', { name: 'firing' }).getByRole('figure');
      await figures.nth(2).waitFor();
      for (const drawn of ['.slack', 'discord-embed'])
        await page.getByRole('article', { name: 'firing' }).locator(drawn).first().waitFor();
      await screenshot(page, `gallery-${look.replaceAll(' ', '-')}`);
      assert.deepEqual(await overflowing(page), []);
      await page.context().close();
    });
});

interface Title {
  readonly text: string;
}

/** What is wider than the page. */
function overflowing(page: Page): Promise<readonly string[]> {
  return page
    .locator('main, .page, .look')
    .evaluateAll((elements) =>
      elements
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
        .map(({ className, tagName }) => `${tagName} ${className}`),
    );
}
