import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { aWorld } from '../world.ts';
import { screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('the Help', { skip }, () => {
  after(leaveTheBrowser);

  it('shows the manual, the commands, the helpers, the variables and the API of this Bellhop', async () => {
    await using world = await aWorld();
    const page = await signIn(await theBrowser(), world);
    await page.getByRole('link', { name: 'Help', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'First steps' }).waitFor();
    await screenshot(page, 'help');
    const pages = page.getByRole('navigation', { name: 'Pages of the help' });
    const open = async (name: string) => {
      await pages.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    };
    await page.getByRole('article').getByRole('link', { name: 'Run it for real' }).first().click();
    await page.getByRole('heading', { level: 2, name: 'A container' }).waitFor();
    await open('Commands');
    await page.getByRole('heading', { level: 2, name: '/webhook mute', exact: true }).waitFor();
    assert.ok((await page.locator('.help-text pre').count()) > 10, 'commands have examples');
    await screenshot(page, 'help-commands');
    await open('Template helpers');
    await page.getByRole('cell', { name: 'excerpt', exact: true }).waitFor();
    await open('Environment');
    assert.match(await page.getByRole('article').innerText(), /PUBLIC_URL[\s\S]*Where providers reach it from outside/);
    await open('API');
    await page.getByText('POST /api/v1/commands').waitFor();
    await page.setViewportSize({ width: 360, height: 700 });
    await open('Metrics');
    const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
    assert.ok(width <= 360, `${width} pixels wide`);
    await screenshot(page, 'help-narrow');
    await page.context().close();
  });
});
