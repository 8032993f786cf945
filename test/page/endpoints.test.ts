import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { aPush, aWorld, type World } from '../world.ts';
import { look, screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('the pages of endpoints, mutes and the audit', { skip }, () => {
  let browser: Browser;
  let world: World;
  let page: Page;
  before(async () => {
    browser = await theBrowser();
    world = await aWorld();
    page = await signIn(browser, world);
  });
  after(async () => {
    await page.context().close();
    await world[Symbol.asyncDispose]();
    leaveTheBrowser();
  });

  it('say live that the first delivery is waited for, refused, and at last received', async () => {
    const endpoint = await world.endpoint('github', 'in #general');
    await show('endpoints');
    await page.getByRole('link', { name: endpoint.name, exact: true }).click();
    await page.getByText(`Waiting for the first delivery to ${endpoint.name}`).waitFor();
    await page.getByText('Settings → Webhooks').waitFor();
    await fetch(endpoint.url, { method: 'POST', headers: { 'x-github-event': 'push' }, body: '{}' });
    await page.getByText('Received, and refused').waitFor();
    await page.getByText(/1 delivery was refused in the last hour by/).waitFor();
    await screenshot(page, 'endpoint-refused', { fullPage: true });
    await world.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
    await page.getByText('Received and verified').waitFor();
    await look(page, 'endpoint');
  });

  it('give a new secret in place, and keep it in sight until it is dismissed', async () => {
    await page.getByRole('button', { name: 'Rotate the secret' }).click();
    await page.getByRole('button', { name: 'Copy secret' }).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Copy secret' }).waitFor({ state: 'detached' });
  });

  it('list endpoints with what is refused and muted, and copy a URL over plain http', async () => {
    const [{ name = '' } = {}] = (await world.call<{ endpoints: { name: string }[] }>('/api/v1/endpoints')).json
      .endpoints;
    await world.type(`/webhook mute ${name} source=acme/api for 2h`);
    await show('endpoints');
    await page.getByRole('link', { name: `1 refused deliveries of ${name}` }).waitFor();
    await page.getByRole('link', { name: `1 mutes of ${name}` }).waitFor();
    await page.evaluate('Object.defineProperty(navigator, "clipboard", { value: undefined })');
    await page.getByRole('button', { name: `Copy URL of ${name}` }).click();
    await page.getByText('Copied').waitFor();
    await look(page, 'endpoints');
  });

  it('list mutes and end them', async () => {
    await show('mutes');
    await page.getByText('source=acme/api').waitFor();
    await look(page, 'mutes');
    await page.getByRole('button', { name: 'Unmute' }).click();
    await page.getByRole('heading', { name: 'Nothing is muted' }).waitFor();
  });

  it('list who changed what, with what stood there before and since', async () => {
    await show('audit');
    await page.getByRole('cell', { name: /replaced the secret of/ }).waitFor();
    await page
      .getByRole('cell', { name: /secret \w+/ })
      .first()
      .waitFor();
    await look(page, 'audit');
  });

  async function show(view: string): Promise<void> {
    await page.goto(`${world.publicUrl}/#/${view}`);
  }
});
