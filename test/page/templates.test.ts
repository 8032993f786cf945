import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { aPush, aWorld } from '../world.ts';
import { screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('changing a message on the page', { skip }, () => {
  let browser: Browser;
  before(async () => {
    browser = await theBrowser();
  });
  after(leaveTheBrowser);

  it('names a mistake beside the text, keeps what was written, previews, saves, uses and undoes', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #general as api');
    await world.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
    await world.settled();
    const page = await signIn(browser, world);
    const command = page.getByRole('textbox', { name: 'Command' });
    await command.fill('/webhook template edit push');
    await command.press('Enter');
    const form = page.getByRole('dialog');
    const text = form.getByLabel('Template');
    await text.waitFor();
    assert.match(await text.inputValue(), /pushed to/);

    await text.fill('{{titel sender.login "threw something"}}');
    await form.getByRole('button', { name: 'Preview' }).click();
    await form.getByText('Did you mean title?').waitFor();
    await screenshot(page, 'template-mistake');
    assert.equal(await text.inputValue(), '{{titel sender.login "threw something"}}');

    await text.fill('{{title sender.login "threw" (plural commits "commit")}}');
    await form.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('+ octocat threw 1 commit').first().waitFor();
    await screenshot(page, 'template-preview');

    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await page.getByText('changed the template').first().waitFor();
    await world.deliver(endpoint, aPush());
    await page.getByText('octocat threw 1 commit', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await page.getByText('undid the latest change').first().waitFor();
    await world.deliver(endpoint, aPush({ message: 'Hang the door' }));
    await page.getByText('Hang the door').first().waitFor();
    await screenshot(page, 'template-undone');
    await page.context().close();
  });
});
