import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../bench/bellhop.ts';
import { until } from '../../until.ts';
import { aWorld } from '../../world.ts';
import { letThrough, screenshot, signIn, skip } from '../browser.ts';
import { leaveTheBrowser, theBrowser } from '../the-browser.ts';
import { aLine } from './line.ts';
import { range, say } from './say.ts';
import { scrolled } from './scrolled.ts';

describe('the chat on the page', { skip }, () => {
  let browser: Browser;
  before(async () => {
    browser = await theBrowser();
  });
  after(leaveTheBrowser);

  it('is sent what it missed while its connection was lost for a moment', async () => {
    await using world = await aWorld();
    await using line = await aLine(world.publicUrl);
    const page = await signIn(browser, { ...world, publicUrl: line.url });
    await say(world, 'general', ['before']);
    await message(page, 'before').waitFor();
    line.cut();
    await page.getByText('Reconnecting…').waitFor();
    await say(world, 'general', ['meanwhile']);
    let loads = 0;
    page.on('request', (request) => {
      if (request.url().includes('/messages')) loads++;
    });
    line.mend();
    await message(page, 'meanwhile').waitFor();
    assert.equal(loads, 0, 'nothing is loaded anew');
    await page.context().close();
  });

  it('shows what it missed beyond that as a hole, and loads it', async () => {
    await using world = await aWorld();
    await using line = await aLine(world.publicUrl);
    const page = await signIn(browser, { ...world, publicUrl: line.url });
    await say(world, 'general', range(1, 3));
    await message(page, 'number 3 of many').waitFor();
    line.cut();
    await page.getByText('Reconnecting…').waitFor();
    // More than is remembered, and more than a page that lost its connection asks for at once.
    await say(world, 'general', range(4, 900));
    line.mend();
    await message(page, 'number 900 of many').waitFor();
    const hole = page.getByRole('button', { name: /in between: load/ });
    await hole.scrollIntoViewIfNeeded();
    await screenshot(page, 'chat-hole');
    const [first, last] = neighboursOfHole(await numbers(page));
    assert.equal(await hole.textContent(), `${last - first - 1} messages in between: load`);
    await hole.click();
    await until(async () => neighboursOfHole(await numbers(page))[0] === first + 50, 'fifty more');
    await page.context().close();
  });

  it('goes on after a restart of Bellhop', async () => {
    const port = String(await freePort());
    await using world = await aWorld({ environment: { PORT: port } });
    const page = await signIn(browser, world);
    await say(world, 'general', ['before']);
    await message(page, 'before').waitFor();
    await world.app.stop();
    await using again = await aWorld({ environment: { PORT: port }, folder: world.folder });
    await say(again, 'general', ['after it']);
    await message(page, 'after it').waitFor();
    await page.context().close();
  });

  it('loads older messages by scrolling, and nothing jumps', async () => {
    await using world = await aWorld();
    await say(world, 'general', range(1, 600));
    const page = await signIn(browser, world);
    await message(page, 'number 600 of many').waitFor();
    assert.deepEqual(await scrolled(page, { by: -700, until: 'number 1 of many' }), { jumps: [], most: 200 });
    assert.deepEqual(await scrolled(page, { by: 700, until: 'number 600 of many' }), { jumps: [], most: 200 });
    await page.context().close();
  });

  it('opens at a message that a link names, and goes on from there to both sides', async () => {
    await using world = await aWorld();
    const ids = await say(world, 'general', range(1, 300));
    const page = await signIn(browser, world);
    await page.goto(`${world.publicUrl}/#/chat/general/${ids[149]}`);
    await until(() => message(page, 'number 150 of many').isVisible());
    assert.equal(await message(page, 'number 300 of many').count(), 0);
    await message(page, 'number 150 of many').hover();
    await screenshot(page, 'chat-link');
    const [link] = await message(page, 'number 150 of many').getByRole('link').all();
    assert.equal(await link?.getAttribute('href'), `#/chat/general/${ids[149]}`);
    await page.getByRole('button', { name: 'Newest' }).click();
    await message(page, 'number 300 of many').waitFor();
    await page.goto(`${world.publicUrl}/#/chat/general/999999`);
    await page.getByText('Message 999999 is no longer kept').waitFor();
    await page.context().close();
  });

  it('stays at what is read when the newest come while their reader waits for them at the end', async () => {
    await using world = await aWorld();
    const ids = await say(world, 'general', range(1, 300));
    const page = await signIn(browser, world);
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    await page.route('**/messages?*after=*', async (route) => {
      asked.resolve();
      await answered.promise;
      await route.continue();
    });
    await page.goto(`${world.publicUrl}/#/chat/general/${ids[249]}`);
    await until(() => message(page, 'number 250 of many').isVisible());
    const last = page.locator('li.message').last();
    const text = (await last.innerText()).match(/number \d+ of many/)?.[0] ?? '';
    await page.evaluate("document.querySelector('.timeline').scrollTop = 0");
    await asked.promise;
    assert.ok(await inSight(page, text));
    answered.resolve();
    await until(async () => (await message(page, 'number 300 of many').count()) > 0);
    assert.ok(await inSight(page, text), `${text} is still read`);
    await letThrough(page);
    await page.context().close();
  });

  it('says what is new until it was read to the end, also after a reload', async () => {
    await using world = await aWorld();
    await say(world, 'general', ['old']);
    await say(world, 'doors', ['old']);
    const page = await signIn(browser, world);
    await message(page, 'old').waitFor();
    await until(async () => (await reading(world, 'general'))?.unread === 0 && (await reading(world, 'general'))?.read);
    await page.goto(`${world.publicUrl}/#/chat/doors`);
    await message(page, 'old').waitFor();
    await say(world, 'general', range(1, 40));
    await until(async () => (await page.title()) === '(40) #doors · Bellhop');
    await page.getByRole('link', { name: /# general 40 new/ }).click();
    await page.locator('.new-mark', { hasText: '40 new' }).waitFor();
    assert.ok(await inSight(page, 'number 1 of many'), 'it opens where the new ones begin');
    await screenshot(page, 'chat-new');
    await page.reload();
    await page.locator('.new-mark', { hasText: '40 new' }).waitFor();
    await page.getByRole('button', { name: 'Newest' }).click();
    await until(async () => (await page.title()) === '#general · Bellhop');
    await page.reload();
    await message(page, 'number 40 of many').waitFor();
    assert.equal(await page.locator('.new-mark').count(), 0);
    await page.context().close();
  });

  it('finds a channel by Ctrl+K, lists them in natural order, and gives the focus back', async () => {
    await using world = await aWorld();
    for (const channel of ['team-10', 'team-2', 'doors']) await say(world, channel, ['hello']);
    const page = await signIn(browser, world);
    const names = page.getByRole('navigation', { name: 'Channels' }).getByRole('link');
    await until(async () => (await names.count()) === 4);
    assert.deepEqual(await names.allTextContents(), ['# doors', '# general', '# team-2', '# team-10']);
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.focus();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Name of the channel' });
    await field.waitFor();
    await page.keyboard.press('Escape');
    await until(async () => line.evaluate((element) => element.matches(':focus')));
    await page.keyboard.press('Control+k');
    await field.pressSequentially('team');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.getByRole('option', { selected: true }).textContent(), '# team-10');
    await screenshot(page, 'chat-find');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '# team-10' }).waitFor();
    await until(async () => line.evaluate((element) => element.matches(':focus')));
    await page.context().close();
  });

  it('groups what one sender says, wraps what has no spaces, and shows a tall reply from its top', async () => {
    await using world = await aWorld();
    await say(world, 'general', ['first', 'second', 'x'.repeat(600)]);
    const page = await signIn(browser, world, { viewport: { width: 380, height: 500 } });
    for (const look of ['Slack', 'Discord']) {
      await page.getByText(look, { exact: true }).first().click();
      await message(page, 'xxx').waitFor();
      assert.equal(await page.locator('.slack-author, discord-message:not([message-body-only])').count(), 1, look);
      assert.ok(await page.evaluate('document.querySelector(".timeline").scrollWidth <= innerWidth'), look);
    }
    await screenshot(page, 'chat-grouped-narrow');
    await page.getByText('Slack', { exact: true }).first().click();
    await type(page, '/webhook help');
    await until(() => inSight(page, 'Only visible to you'));
    await page.context().close();
  });

  it('keeps a note with a secret while other channels and views are open', async () => {
    await using world = await aWorld();
    const page = await signIn(browser, world);
    await type(page, '/webhook new github in #general');
    await page.getByRole('button', { name: 'Copy secret' }).waitFor();
    await page.goto(`${world.publicUrl}/#/chat/other`);
    await page.getByText('No messages in #other yet').waitFor();
    await page.goto(`${world.publicUrl}/#/endpoints`);
    await page.getByRole('heading', { name: 'Endpoints' }).waitFor();
    await page.goto(`${world.publicUrl}/#/chat/general`);
    await page.getByRole('button', { name: 'Copy secret' }).waitFor();
    assert.doesNotMatch(
      String(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')),
      /whsec|\/in\//,
    );
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('appears here').waitFor();
    await page.context().close();
  });

  it('passes over no word when Tab is pressed twice', async () => {
    await using world = await aWorld();
    await world.endpoint('github', 'in #general as api');
    const page = await signIn(browser, world);
    const answer = Promise.withResolvers<void>();
    await page.route('**/api/v1/complete*', async (route) => {
      await answer.promise;
      await route.continue();
    });
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.pressSequentially('/webhook mut');
    await page.keyboard.press('Tab');
    await until(async () => (await line.inputValue()) === '/webhook mute ');
    await page.keyboard.press('Tab');
    assert.equal(await line.inputValue(), '/webhook mute ');
    answer.resolve();
    await page.getByRole('option', { name: /^api/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('option', { name: /^api/, selected: true }).waitFor();
    await page.keyboard.press('Tab');
    await until(async () => (await line.inputValue()) === '/webhook mute api ');
    await letThrough(page);
    await page.context().close();
  });

  it('copies where browsers give no clipboard, as over plain http in a local network', async () => {
    await using world = await aWorld();
    const page = await signIn(browser, world);
    await page.evaluate('Object.defineProperty(navigator, "clipboard", { value: undefined })');
    await type(page, '/webhook new github in #general');
    await page.getByRole('button', { name: 'Copy URL' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const line = page.getByRole('textbox', { name: 'Command' });
    await line.press('Control+v');
    await until(async () => /\/in\//.test(await line.inputValue()));
    await page.context().close();
  });

  it('does not move what is shown when the drawings arrive', async () => {
    await using world = await aWorld();
    await say(world, 'general', range(1, 20));
    const page = await signIn(browser, world);
    for (const look of ['Slack', 'Discord']) {
      await page.getByText(look, { exact: true }).first().click();
      await page.reload();
      await message(page, 'number 20 of many').waitFor();
      assert.ok(Number(await page.evaluate(SHIFTS)) < 0.02, look);
    }
    await page.context().close();
  });
});

/** How far what was shown has moved by itself, as browsers count it. */
const SHIFTS = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) sum += value;
  }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})`;

async function numbers(page: Page): Promise<readonly number[]> {
  const texts = await page.locator('ol[aria-label=Messages] > li.message').allTextContents();
  return texts.map((text) => Number(/number (\d+) of/.exec(text)?.[1]));
}

/** The numbers on both sides of the only hole. */
function neighboursOfHole(shown: readonly number[]): readonly [number, number] {
  const index = shown.findIndex((number, place) => (shown[place + 1] ?? number + 1) !== number + 1);
  return [shown[index] ?? 0, shown[index + 1] ?? 0];
}

async function inSight(page: Page, text: string): Promise<boolean> {
  const [scroller, found] = [page.locator('.timeline'), page.locator('li.message', { hasText: text }).first()];
  const [outer, inner] = await Promise.all([scroller.boundingBox(), found.boundingBox()]);
  return Boolean(outer && inner && inner.y >= outer.y - 1 && inner.y < outer.y + outer.height);
}

async function reading(world: Awaited<ReturnType<typeof aWorld>>, name: string) {
  const { json } = await world.call<{ channels: { name: string; read: string | null; unread: number }[] }>(
    '/api/v1/channels',
  );
  return json.channels.find((channel) => channel.name === name);
}

async function type(page: Page, text: string): Promise<void> {
  const line = page.getByRole('textbox', { name: 'Command' });
  await line.fill(text);
  await line.press('Escape');
  await page.getByRole('button', { name: 'Run' }).click();
}

function message(page: Page, text: string) {
  return page.locator('ol[aria-label=Messages] > li.message', { hasText: text }).last();
}
