import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { anAlertGroup } from '../relay/alert-group.ts';
import { aWorld, type World } from '../world.ts';
import { screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('the page of an event', { skip }, () => {
  let browser: Browser;
  let world: World;
  let page: Page;
  before(async () => {
    browser = await theBrowser();
    world = await aWorld();
    const endpoint = await world.endpoint('alertmanager', 'in #ops as door');
    await world.deliver(endpoint, anAlertGroup());
    await world.settled();
    page = await signIn(browser, world);
  });
  after(async () => {
    leaveTheBrowser();
    await page.context().close();
    await world[Symbol.asyncDispose]();
  });

  it('shows who looks after the alert and what was noted, and takes both', async () => {
    await page.goto(`${world.publicUrl}/#/events/1`);
    const people = page.getByRole('region', { name: 'People' });
    await people.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await people.getByText('Acknowledged by').waitFor();
    await people.getByRole('textbox', { name: 'Note' }).fill('Rolled back <b>now</b>');
    await people.getByRole('button', { name: 'Add note' }).click();
    await people.getByRole('listitem').filter({ hasText: 'Rolled back <b>now</b>' }).waitFor();
    await people.getByRole('button', { name: 'Undo acknowledge' }).waitFor();
    await screenshot(page, 'people', { fullPage: true });
    await world.settled();
    const [message] = await world.messages();
    assert.match(message?.message.body ?? '', /^Acknowledged by .*\nNote: Rolled back/s);
    assert.equal(await people.getByRole('textbox', { name: 'Note' }).inputValue(), '');
  });

  it('draws the message with what people did', async () => {
    for (const look of ['Slack', 'Discord']) {
      await page.getByText(look, { exact: true }).first().click();
      await page
        .getByRole('region', { name: 'Message' })
        .getByText(/Acknowledged by/)
        .first()
        .waitFor();
      await screenshot(page, `people-${look}`, { fullPage: true });
    }
  });
});
