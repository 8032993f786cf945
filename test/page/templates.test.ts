import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { aPush, aWorld, type World } from '../world.ts';
import { aBrowser, screenshot, signIn, skip } from './browser.ts';

describe('templates on the page', { skip }, () => {
  let browser: Browser;
  before(async () => {
    browser = await aBrowser();
  });
  after(() => browser.close());

  it('are listed, edited with a mistake that is named, corrected, previewed, saved, used and undone', async () => {
    await using world = await aWorldWithPushes();
    const page = await signIn(browser, world);
    await page.getByRole('link', { name: 'Templates' }).click();
    await page.getByRole('list', { name: 'Types of api' }).getByRole('link', { name: /push/ }).click();

    await write(page, '{{titel sender.login "threw" (plural commits "commit")}}');
    const problems = page.getByRole('list', { name: 'Problems' });
    await problems.getByText('There is no helper').waitFor();
    await page.locator('.cm-lintRange-error').waitFor();
    await page.screenshot({ path: screenshot('template-mistake') });
    await page.keyboard.press('Control+s');
    await page.getByText('Not saved: correct the mistake first.').waitFor();
    await problems.getByRole('button', { name: 'Use title' }).click();
    await problems.waitFor({ state: 'detached' });

    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByRole('figure', { name: 'With your text' }).getByText('octocat threw 1 commit').first().waitFor();
    await preview.getByRole('figure', { name: 'Now, made by' }).getByText('Paint the wall').first().waitFor();
    await preview.getByText('Phone', { exact: true }).click();
    await preview.locator('.phone-notice', { hasText: 'octocat threw 1 commit' }).waitFor();
    await preview.getByText('Discord', { exact: true }).click();
    await preview.locator('discord-message', { hasText: 'octocat threw 1 commit' }).waitFor();
    await page.screenshot({ path: screenshot('template-preview') });

    await page.getByRole('button', { name: 'Save…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save for the endpoint api' });
    await dialog.getByText('Of the last 2 events 2 would read differently.').waitFor();
    await page.screenshot({ path: screenshot('template-save') });
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/changed the template github\/push for api/).waitFor();

    await world.push('Oil the hinges');
    assert.match((await world.messages()).at(-1)?.text ?? '', /octocat threw 1 commit/);

    await page.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('dialog', { name: 'History for the endpoint api' });
    await history.getByText('Revision 1').waitFor();
    await page.screenshot({ path: screenshot('template-history') });
    await history.getByRole('button', { name: 'Undo the latest change' }).click();
    await history.waitFor({ state: 'detached' });
    await world.push('Close the gate');
    assert.doesNotMatch((await world.messages()).at(-1)?.text ?? '', /threw/);
    await page.context().close();
  });
});

type WorldWithPushes = World & { push(message: string): Promise<void> };

async function aWorldWithPushes(): Promise<WorldWithPushes> {
  const world = await aWorld();
  const endpoint = await world.endpoint('github', 'in #ops as api');
  const push = async (message: string) => {
    await world.deliver(endpoint, aPush({ message }));
    await world.settled();
  };
  await push('Fix the door');
  await push('Paint the wall');
  return { ...world, push };
}

async function open(browser: Browser, world: World, options?: BrowserContextOptions): Promise<Page> {
  const page = await signIn(browser, world, options);
  await page.goto(`${world.publicUrl}/#/templates/api/push`);
  await editorOf(page).waitFor();
  return page;
}

function editorOf(page: Page) {
  return page.getByRole('textbox', { name: /^Template for/ });
}

/** Puts a text in the place of the one in the editor. */
async function write(page: Page, text: string): Promise<void> {
  await editorOf(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}
