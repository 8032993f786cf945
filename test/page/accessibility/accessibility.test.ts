import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { takesLong } from '../../runs.ts';
import { until } from '../../until.ts';
import { aPush, aWorld, type World } from '../../world.ts';
import { letThrough, screenshot, signIn, skip } from '../browser.ts';
import { leaveTheBrowser, theBrowser } from '../the-browser.ts';
import { faultsOf, ofColours } from './axe.ts';

const light = { colorScheme: 'light', forcedColors: 'none' } as const;
const looks = {
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { colorScheme: 'light', forcedColors: 'active' },
} as const;
/** The rules that may find something else where there is little room. */
const ofNarrow = ['scrollable-region-focusable', 'target-size'];

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
      ['gallery?provider=alertmanager', 'Gallery of messages'],
      ['providers', 'Providers'],
      ['providers/gitlab', 'Provider gitlab'],
      ['help', 'Help'],
      ['help/commands', 'Help: commands'],
      ['help/environment', 'Help: environment'],
      ['help/api', 'Help: api'],
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

  async function fits(): Promise<boolean> {
    return Number(await page.evaluate('document.documentElement.scrollWidth')) <= 320;
  }

  /** Waits until what is drawn as Discord draws it, which has colours of its own, has those of a scheme. */
  async function followed(scheme: 'light' | 'dark'): Promise<void> {
    const others = scheme === 'dark' ? 'discord-messages[light-theme]' : 'discord-messages:not([light-theme])';
    await until(async () => (await page.locator(others).count()) === 0, scheme);
    // Each part of a drawing is told by the one around it, one after another.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  it('has nothing that axe finds fault with, in light, dark, forced colours and at 400 %', {
    skip: takesLong,
  }, async () => {
    const faults: string[] = [];
    for (const [route, title] of routes) {
      await page.emulateMedia(light);
      await open(route, title);
      await followed('light');
      const note = (found: readonly string[], look: string) =>
        faults.push(...found.map((fault) => `${route}, ${look}: ${fault}`));
      note(await faultsOf(page), 'light');
      for (const [look, media] of Object.entries(looks)) {
        await page.emulateMedia(media);
        await followed(media.colorScheme);
        note(await faultsOf(page, ofColours), look);
      }
      await page.emulateMedia(light);
      await page.setViewportSize({ width: 320, height: 640 });
      // A view that shows less where there is little room is drawn anew first.
      const wide = await until(fits, route, 5_000).then(
        () => [],
        () => ['it needs scrolling to the side'],
      );
      note(wide, 'at 400 %');
      note(await faultsOf(page, ofNarrow), 'at 400 %');
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    assert.deepEqual(faults, []);
  });

  it('has nothing that axe finds fault with in a dialog, whose end gives the focus back', async () => {
    await page.emulateMedia(light);
    await open('chat/general', '#general');
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.fill('/webhook new');
    await line.press('Enter');
    await page.getByRole('dialog', { name: 'New endpoint' }).waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press('Escape');
    await until(async () => line.evaluate((field) => field.matches(':focus')), 'the focus is back');
  });

  it('has nothing that axe finds fault with in a question, where something failed, and for those outside', async () => {
    await page.emulateMedia(light);
    await open('chat/general', '#general');
    await page.route('**/api/v1/commands', async (route) => {
      const answer = await route.fetch();
      const reply = await answer.json();
      const confirm = { title: 'Post them all?', text: 'This posts 12 messages here.', yes: 'Post them' };
      const [first] = reply.message.actions;
      await route.fulfill({ json: { ...reply, message: { ...reply.message, actions: [{ ...first, confirm }] } } });
    });
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.fill('/webhook list');
    await line.press('Enter');
    await page.getByRole('button', { name: 'New endpoint' }).click();
    const question = page.getByRole('dialog', { name: 'Post them all?' });
    await question.waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await letThrough(page);

    await page.route('**/api/v1/events?*', (route) => route.abort());
    await open('events', 'Events');
    await page.getByText('Bellhop does not answer').waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await letThrough(page);

    const outside = await (page.context().browser() ?? assert.fail()).newPage();
    for (const path of ['sign-in?code=used', 'no/such/page']) {
      await outside.goto(`${world.publicUrl}/${path}`);
      assert.deepEqual(await faultsOf(outside), [], path);
    }
    await outside.context().close();
  });

  it('says in an empty channel that providers cannot reach it, and takes an address from an admin', async () => {
    await open('chat/empty', '#empty');
    await page.getByText(/Providers elsewhere cannot reach/).waitFor();
    await screenshot(page, 'unreachable');
    await page.locator('summary', { hasText: 'you' }).click();
    await page.getByRole('textbox', { name: 'Address that providers reach' }).fill('http://127.0.0.1:9');
    await page.getByRole('button', { name: 'Set address' }).click();
    await page.getByRole('button', { name: 'Set it anyway' }).waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await screenshot(page, 'address');
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
