import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { until } from '../until.ts';
import { aPush, aWorld, type World } from '../world.ts';
import { look, screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

const WORK = ['Oil the hinges', 'Paint the frame', 'Sweep the hall', 'Mend the lock'];

describe('the page of events', { skip }, () => {
  let browser: Browser;
  let world: World;
  let page: Page;
  before(async () => {
    browser = await theBrowser();
    world = await aWorld();
    const github = await world.endpoint('github', 'in #general');
    for (const message of WORK) await world.deliver(github, aPush({ message }));
    const generic = await world.endpoint('generic', 'in #general');
    await world.deliver(generic, { payload: { title: 'The boiler is on fire', severity: 'critical' } });
    await world.settled();
    await fetch(github.url, { method: 'POST', headers: { 'x-github-event': 'push' }, body: '{}' });
    page = await signIn(browser, world);
  });
  after(async () => {
    await page.context().close();
    await world[Symbol.asyncDispose]();
    leaveTheBrowser();
  });

  it('shows one beside the list, and goes through them with j and k', async () => {
    await page.goto(`${world.publicUrl}/#/events?endpoint=github`);
    await page.getByRole('link', { name: /Mend the lock/ }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: /Mend the lock/, level: 1 }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: /Sweep the hall/, level: 1 }).waitFor();
    assert.match(page.url(), /#\/events\/3\?endpoint=github$/);
    await page.getByRole('link', { name: /Mend the lock/ }).waitFor();
    await look(page, 'events');
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: /Mend the lock/, level: 1 }).waitFor();
    await page.getByRole('link', { name: '← Events found' }).click();
    assert.match(page.url(), /#\/events\?endpoint=github$/);
  });

  it('opens the message of an event in its channel', async () => {
    await page.goto(`${world.publicUrl}/#/events/2`);
    await page.getByRole('link', { name: 'Open in chat' }).click();
    await until(() => /#\/chat\/general\/\d+$/.test(page.url()), 'the message is in the address');
    await page.getByText('Paint the frame').first().waitFor();
  });

  it('says what was refused in the last hour, above the list', async () => {
    await page.goto(`${world.publicUrl}/#/events?endpoint=github`);
    await page.getByText(/1 delivery was refused in the last hour by/).waitFor();
    assert.equal(await page.title(), 'Events · Bellhop');
    await page.getByRole('link', { name: 'Details' }).click();
    await page.getByRole('heading', { name: /Refused deliveries of github/ }).waitFor();
    await page
      .getByText(/header is missing/)
      .first()
      .click();
    await page.getByText('It came without a signature.').waitFor();
    assert.equal(await page.title(), 'Refused deliveries of github · Bellhop');
    await look(page, 'refusals');
  });

  it('filters by severity and by day, and keeps the filter in the address', async () => {
    await page.goto(`${world.publicUrl}/#/events`);
    await page.getByText('More filters').click();
    await page.getByLabel('Severity').selectOption('critical');
    await page.getByRole('link', { name: /Mend the lock/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /boiler is on fire/ }).waitFor();
    await page.getByLabel('To', { exact: true }).fill('2020-01-01');
    await page.getByRole('heading', { name: 'No event matches' }).waitFor();
    assert.match(page.url(), /severity=critical&until=2020-01-01/);
    await screenshot(page, 'events-filtered');
  });

  it('loses nothing that is typed while another filter changes', async () => {
    await page.goto(`${world.publicUrl}/#/events`);
    await page.getByRole('link', { name: /Mend the lock/ }).waitFor();
    await page.getByLabel('Search events').fill('lock');
    await page.getByLabel('Endpoint').selectOption('github');
    await until(async () => /endpoint=github&q=lock/.test(page.url()));
    assert.equal(await page.getByLabel('Search events').inputValue(), 'lock');
    await page.getByRole('link', { name: /Paint the frame/ }).waitFor({ state: 'detached' });
  });

  it('searches bodies, keeps that in the address, and says what is left out', async () => {
    await world.app.relay.searchBodies({ maxBytes: 1_000_000 });
    await page.goto(`${world.publicUrl}/#/events`);
    await page.getByLabel('Search events').fill('compare');
    await page.getByRole('heading', { name: 'No event matches' }).waitFor();
    await page.getByRole('checkbox', { name: 'In bodies' }).check();
    await page.getByRole('link', { name: /Mend the lock/ }).waitFor();
    await page.getByLabel('Search in bodies').fill('frame octocat');
    await page.getByRole('link', { name: /Mend the lock/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Paint the frame/ }).click();
    await page.getByRole('heading', { name: /Paint the frame/, level: 1 }).waitFor();
    assert.match(page.url(), /events\/2\?body=frame\+octocat$/);
    await look(page, 'events-in-bodies');
    await page.getByRole('link', { name: '← Events found' }).click();
    assert.equal(await page.getByLabel('Search in bodies').inputValue(), 'frame octocat');
  });

  it('keeps what was typed in the very moment in which an event is opened', async () => {
    await page.goto(`${world.publicUrl}/#/events`);
    await page.getByRole('link', { name: /Mend the lock/ }).waitFor();
    await page.getByRole('checkbox', { name: 'In bodies' }).uncheck();
    await page.getByLabel('Search events').fill('lock');
    await page.getByRole('link', { name: /Mend the lock/ }).click();
    await page.getByRole('heading', { name: /Mend the lock/, level: 1 }).waitFor();
    await until(async () => /events\/4\?q=lock$/.test(page.url()));
    assert.equal(await page.getByLabel('Search events').inputValue(), 'lock');
  });

  it('replays those that are marked, one after another, oldest first', async () => {
    await page.goto(`${world.publicUrl}/#/events?endpoint=github`);
    await page.getByRole('button', { name: 'Mark events' }).click();
    await page.getByLabel('Mark event 2').check();
    await page.getByLabel('Mark event 1').check();
    await page.getByRole('button', { name: 'Replay 2 marked' }).click();
    await screenshot(page, 'events-replay');
    await page.getByRole('button', { name: 'Replay 2', exact: true }).click();
    await page.getByRole('progressbar', { name: 'Replayed' }).waitFor();
    await look(page, 'events-replaying');
    const replay = async () => (await world.call<{ replay: { state: string } | null }>('/api/v1/replays')).json.replay;
    await until(replay, 'Bellhop has begun');
    // It goes on without the page that asked for it, and the next one shows how it ended.
    await page.goto(`${world.publicUrl}/healthz`);
    await page.goto(`${world.publicUrl}/#/events?endpoint=github`);
    await until(async () => (await replay())?.state === 'done', 'all are replayed');
    await world.settled();
    const texts = (await world.messages('general')).slice(-2).map(({ text }) => text);
    assert.match(texts.join(), /Oil the hinges.*Paint the frame/);
  });

  it('asks once for a name, and says it of what its owner does', async () => {
    const other = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await other.goto(`${world.publicUrl}/sign-in?code=${await world.app.createCode()}`);
    const bar = other.getByRole('form', { name: 'Your name' });
    await bar.getByRole('textbox').fill('hubot');
    await screenshot(other, 'name-asked');
    await bar.getByRole('button', { name: 'Keep' }).click();
    await bar.waitFor({ state: 'detached' });
    await other.goto(`${world.publicUrl}/#/events/1`);
    await other.getByRole('button', { name: 'Replay' }).click();
    await other.getByText('Posted again to 1 channel.').waitFor();
    assert.match((await world.type('/webhook audit')).text, /hubot \(page\)[^\n]* replayed event 1/);
    await other.reload();
    await other.getByRole('heading', { name: /Oil the hinges/, level: 1 }).waitFor();
    assert.equal(await bar.count(), 0);
    await other.context().close();
  });

  it('sends an edited event as a new one, and says where its JSON is broken', async () => {
    await page.goto(`${world.publicUrl}/#/events/1`);
    await page.getByRole('button', { name: 'Edit and send again' }).click();
    const dialog = page.getByRole('dialog');
    const body = dialog.getByLabel('Body');
    const text = await body.inputValue();
    assert.match(text, /\n {6}"message": "Oil the hinges",\n/);
    assert.match(await dialog.getByLabel('Headers, one on each line').inputValue(), /^x-github-event: push$/m);
    await look(page, 'event-edited');
    await body.fill(text.replace('"Oil the hinges"', 'oil'));
    await dialog.getByRole('button', { name: 'Send as a new event' }).click();
    await dialog.getByText(/not valid JSON: look at line \d+, column \d+/).waitFor();
    await body.fill(text.replace('Oil the hinges', 'Oil the <b>hinges</b> again'));
    await dialog.getByRole('button', { name: 'Send as a new event' }).click();
    await page.getByRole('heading', { name: /Oil the <b>hinges<\/b> again/, level: 1 }).waitFor();
    await page
      .getByText(/edited from #1 by Somebody/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: /again.*edited from #1 by Somebody/ }).waitFor();
    await look(page, 'event-of-edited');
  });

  it('shows a body of megabytes on one line at once, more of it on demand, and bytes that are no text', async () => {
    const text = 'x'.repeat(1_100_000);
    const endpoint = await world.endpoint('generic', 'in #general as large');
    await world.deliver(endpoint, { payload: { title: 'A long line', text } });
    await world.deliver(endpoint, {
      body: Buffer.from([0, 255, 254, 128, 10]),
      headers: { 'content-type': 'image/png' },
    });
    await world.settled();
    const [bytes, line] = await world.events('endpoint=large');
    await page.goto(`${world.publicUrl}/#/events/${line?.id}`);
    await page.getByText('Its body is too large to edit here.').waitFor();
    await page.getByRole('button', { name: /1,09\d,\d+ more characters/ }).click();
    await page.getByRole('button', { name: /1,08\d,\d+ more characters/ }).waitFor();
    await page.getByRole('button', { name: 'Raw' }).click();
    await page.getByRole('button', { name: /1,080,\d+ more characters/ }).waitFor();
    await page.goto(`${world.publicUrl}/#/events/${bytes?.id}`);
    await page.getByText('AP/+gAo=').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Edit and send again' }).count(), 0);
  });

  it('keeps the theme that was chosen, whatever the system asks for', async () => {
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.locator('.status summary').click();
    await page.getByText('Dark', { exact: true }).click();
    assert.notEqual(await ground(), light);
    await page.reload();
    await page.locator('.status summary').click();
    await screenshot(page, 'theme-dark');
    assert.notEqual(await ground(), light);
    await page.getByLabel('Your name').fill('mona');
    await page.getByText('As the system').click();
    assert.equal(await ground(), light);
    await page.keyboard.press('Escape');
  });

  it('runs the buttons of the message that it shows, in the name of whoever presses them', async () => {
    await page.goto(`${world.publicUrl}/#/events/1`);
    await page.getByLabel('More actions').first().click();
    await page.getByRole('button', { name: /^Mute acme\/api/ }).click();
    await page.locator('.reply-note').waitFor();
    assert.match((await world.type('/webhook mutes')).text, /acme\/api.*mona \(page\)/);
  });
});
