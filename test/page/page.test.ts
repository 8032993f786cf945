import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { connected, slackEnvironment } from '../chats/places.ts';
import { BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';
import { until } from '../until.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';
import { faultsOf } from './accessibility/axe.ts';
import { letThrough, screens, screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('the page', { skip }, () => {
  let browser: Browser;
  before(async () => {
    browser = await theBrowser();
  });
  after(leaveTheBrowser);

  it('shows what is delivered without reload, mutes by button, and shows the digest', async () => {
    await using world = await aWorld();
    const page = await signIn(browser, world);
    const answered = page.waitForResponse(
      (response) => response.url().endsWith('/api/v1/commands') && response.request().method() === 'POST',
    );
    await run(page, '/webhook new github in #general');
    const { data } = (await (await answered).json()) as { data: { endpoint: Endpoint } };
    await page.getByText('is ready: GitHub webhooks will be posted').waitFor();

    await world.deliver(data.endpoint, aPush({ message: 'Oil the hinges' }));
    await message(page, 'Oil the hinges').waitFor();
    await screenshot(page, 'chat');

    await clickTucked(page, 'Oil the hinges', /^Mute acme\/api/);
    await page.getByText(/muted/i).first().waitFor();
    await world.deliver(data.endpoint, aPush({ message: 'Paint the frame' }));
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['held', 'posted'],
    );
    assert.equal(await message(page, 'Paint the frame').count(), 0);

    await run(page, '/webhook unmute github');
    await message(page, 'Mute ended: 1 event held').waitFor();
    await message(page, 'Mute ended: 1 event held').getByRole('button', { name: 'Post it now' }).click();
    await message(page, 'Paint the frame').waitFor();
    await page.context().close();
  });

  it('shows what happened after it was loaded and before it was connected', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #general');
    const page = await signIn(browser, world);
    const connect = Promise.withResolvers<void>();
    await page.route(/\/api\/v1\/live\b/, async (route) => {
      await connect.promise;
      await route.continue();
    });
    const loaded = page.waitForResponse(/\/channels\/general\/messages/);
    await page.reload();
    await (await loaded).finished();
    await world.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
    await world.settled();
    assert.equal(await message(page, 'Oil the hinges').count(), 0);
    connect.resolve();
    await message(page, 'Oil the hinges').waitFor();
    await letThrough(page);
    await page.context().close();
  });

  it('drops an answer that is still being read when its view is left, and says of one that was cut short that nobody answered', async () => {
    await using world = await aWorld();
    await world.deliver(await world.endpoint('github', 'in #general'), aPush());
    await world.settled();
    const page = await signIn(browser, world);
    const failures: string[] = [];
    page.on('pageerror', ({ message }) => failures.push(message));
    // What is read only after its view was left: by then the browser has given it up.
    await page.evaluate(`
      const read = Response.prototype.json;
      globalThis.read = [];
      Response.prototype.json = async function () {
        if (this.url.endsWith('/replays')) await new Promise((left) => globalThis.read.push(left));
        return read.call(this);
      };`);
    await page.goto(`${world.publicUrl}/#/events`);
    await until(() => page.evaluate('globalThis.read.length > 0'), 'the answer is there');
    await page.goto(`${world.publicUrl}/#/mutes`);
    await page.getByRole('heading', { name: 'Mutes', level: 1 }).waitFor();
    await page.evaluate('for (const left of globalThis.read) left()');
    await page.route('**/api/v1/audit*', (route) =>
      route.fulfill({ headers: { 'content-type': 'application/json' }, body: '{"entries": [' }),
    );
    await page.goto(`${world.publicUrl}/#/audit`);
    await page.getByText('Bellhop does not answer').waitFor();
    await letThrough(page);
    assert.deepEqual(failures, []);
    await page.context().close();
  });

  it('asks in a form for what a command needs, by names that people know', async () => {
    await using world = await aWorld();
    const page = await signIn(browser, world);
    await run(page, '/webhook new');
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Provider' }).fill('github');
    await form.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByRole('dialog', { name: 'New GitHub endpoint' }).waitFor();
    await form.getByLabel('Channel').fill('#doors');
    await form.getByLabel('Name').fill('hinges');
    await form.getByRole('button', { name: 'Create endpoint', exact: true }).click();
    await page.getByText('is ready: GitHub webhooks will be posted').waitFor();
    assert.match((await world.type('/webhook list')).text, /hinges: GitHub → #doors/);
    await page.context().close();
  });

  it('draws a message as Slack and as Discord would', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #general');
    await world.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
    await world.settled();
    const page = await signIn(browser, world);
    for (const chat of ['Slack', 'Discord']) {
      await page.getByText(chat, { exact: true }).first().click();
      await message(page, 'Oil the hinges').getByText('Oil the hinges').first().waitFor();
      await screenshot(page, `${chat.toLowerCase()}`);
      assert.deepEqual(await faultsOf(page), [], chat);
    }
    await page.context().close();
  });

  it('shows without reload that Slack refuses a token, what to do, and that it takes it again', async (t) => {
    const slack = await startSlack();
    t.after(() => slack.stop());
    await using world = await aWorld({ environment: slackEnvironment(slack) });
    await connected(world, 'slack');
    const page = await signIn(browser, world);
    await page.getByText('all platforms are ready').waitFor({ state: 'attached' });
    slack.revoke(BOT_TOKEN);
    await slack.type('/webhook list');
    await page.getByText('Slack not ready').click();
    await page.getByText(/refuses the bot token .*SLACK_BOT_TOKEN/).waitFor();
    await screenshot(page, 'refused-token');
    slack.restore(BOT_TOKEN);
    await page.getByText('all platforms are ready').waitFor({ state: 'attached' });
    await page.context().close();
  });

  it('finds an event, shows why it was posted, and replays it', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #general');
    await world.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
    await world.deliver(endpoint, aPush({ message: 'Paint the frame' }));
    await world.settled();
    const page = await signIn(browser, world);
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByLabel('Search events').pressSequentially('hinges');
    await page.getByText('Paint the frame').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.ariaLabel'), 'Search events');
    await page
      .getByRole('link', { name: /Oil the hinges/ })
      .first()
      .click();
    await page.getByText('not a repeat').waitFor();
    await screenshot(page, 'event', { fullPage: true });
    await page.goto(`${world.publicUrl}/#/events/2`);
    await page.getByRole('button', { name: 'Compare with the event before' }).click();
    await page.getByText('message: "Oil the hinges" → "Paint the frame"').waitFor();
    await page.getByRole('heading', { name: 'What differs' }).scrollIntoViewIfNeeded();
    await screenshot(page, 'event-diff');
    await page.goto(`${world.publicUrl}/#/events/1`);
    await page.getByRole('button', { name: 'Compare with the event before' }).click();
    await page.getByText('It is the first of its subject and of its type').waitFor();
    await page.getByRole('button', { name: 'Replay' }).click();
    await until(async () => (await world.messages('general')).length === 3);
    await page.context().close();
  });

  it('shows an event that came with others, those, and the whole delivery', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic', 'in #general');
    const events = ['hall', 'yard'].map((room) => ({
      event: 'lamp.lit',
      id: room,
      title: `The lamp of the ${room} is lit`,
    }));
    await fetch(url, { method: 'POST', body: JSON.stringify(events) });
    await world.settled();
    const page = await signIn(browser, world);
    await page.goto(`${world.publicUrl}/#/events/2`);
    await page.getByText('event 2 of 2 in its delivery').first().waitFor();
    assert.equal(await page.getByText('"hall"').count(), 0);
    await page.getByRole('button', { name: 'Show the whole delivery' }).click();
    await page.getByText('"hall"').waitFor();
    await screenshot(page, 'event-of-several', { fullPage: true });
    await page.getByRole('link', { name: 'All 2 events of its delivery' }).click();
    await page.getByRole('link', { name: /lamp of the hall.*event 1 of 2/ }).waitFor();
    await page.getByRole('button', { name: 'Show the events of all deliveries' }).click();
    await page.getByRole('button', { name: 'Show the events of all deliveries' }).waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('runs nothing that a payload holds', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #general');
    const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>[x](javascript:window.hacked=1)';
    await world.deliver(endpoint, {
      payload: { title: evil, message: evil, url: 'javascript:window.hacked=1', status: evil },
    });
    await world.settled();
    const page = await signIn(browser, world);
    for (const chat of ['Slack', 'Discord']) {
      await page.getByText(chat, { exact: true }).first().click();
      await page.locator('li.message').first().waitFor();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await page.goto(`${world.publicUrl}/#/events/1`);
    await page.getByText('not a repeat').waitFor();
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.deepEqual(await page.locator('a[href^="javascript:"]').count(), 0);
    await page.context().close();
  });

  it('lets nobody in without the link, and each link in once', async () => {
    await using world = await aWorld();
    const link = signInLink(world);
    const page = await (await browser.newContext()).newPage();
    await page.goto(world.publicUrl);
    await page
      .getByText(/sign-in link/i)
      .first()
      .waitFor();
    assert.deepEqual(await faultsOf(page), []);
    assert.equal((await page.goto(link))?.url(), `${world.publicUrl}/`);
    const other = await (await browser.newContext()).newPage();
    assert.equal((await other.goto(link))?.status(), 403);
    await page.context().close();
    await other.context().close();
  });

  for (const { look, width, colorScheme } of screens)
    it(`fits a screen that is ${look}`, async () => {
      await using world = await aWorld();
      const endpoint = await world.endpoint('github', 'in #general');
      await world.deliver(
        endpoint,
        aPush({ message: 'Oil the hinges, paint the frame, and look after the lock while you are there' }),
      );
      await world.settled();
      const page = await signIn(browser, world, { viewport: { width, height: 800 }, colorScheme });
      await message(page, 'Oil the hinges').getByLabel('More actions').waitFor();
      const name = look.replaceAll(' ', '-');
      await screenshot(page, `chat-${name}`);
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'nothing sticks out');
      await page.goto(`${world.publicUrl}/#/events/1`);
      await page.getByText('not a repeat').waitFor();
      await screenshot(page, `event-${name}`);
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'nothing sticks out');
      await page.context().close();
    });
});

function signInLink({ printed }: World): string {
  return printed.join('\n').match(/http\S+\/sign-in\?code=\S+/)?.[0] ?? '';
}

async function run(page: Page, text: string): Promise<void> {
  const line = page.getByRole('textbox', { name: 'Command' });
  await line.fill(text);
  await line.press('Escape');
  await page.getByRole('button', { name: 'Run' }).click();
}

function message(page: Page, text: string) {
  return page.locator('ol[aria-label=Messages] > li.message', { hasText: text });
}

async function clickTucked(page: Page, text: string, label: RegExp): Promise<void> {
  const found = message(page, text);
  await found.getByLabel('More actions').click();
  await found.getByRole('button', { name: label }).click();
}
