import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { escapeMarkdown, toMessage } from '../../src/core/message/message.ts';
import { aWorld, type World } from '../world.ts';
import { screenshot, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

const GIVEN = 'secret=whsec_dGhlIHNlY3JldCB0aGF0IHdhcyBnaXZlbiB0byB1cw==';

/** What most people see most of the time, and the words they look for in it. */
const COMMON = [
  ['github', 'push', ''],
  ['github', 'pull_request', ''],
  ['github', 'issues', ''],
  ['github', 'workflow_run', ''],
  ['github', 'release', ''],
  ['alertmanager', 'firing', ''],
  ['grafana', 'firing', ''],
  ['sentry', 'event_alert.triggered', GIVEN],
  ['stripe', 'charge.failed', GIVEN],
  ['pagerduty', 'incident.triggered', GIVEN],
] as const;

describe('the ten most common messages', { skip }, () => {
  let browser: Browser;
  let world: World;
  let page: Page;
  before(async () => {
    browser = await theBrowser();
    world = await aWorld();
    page = await (await browser.newContext({ viewport: { width: 900, height: 900 } })).newPage();
    await page.goto(world.printed.join('\n').match(/http\S+\/sign-in\?code=\S+/)?.[0] ?? '');
    await page.getByRole('textbox', { name: 'Command' }).waitFor();
  });
  after(async () => {
    leaveTheBrowser();
    await world[Symbol.asyncDispose]();
  });

  for (const [provider, sample, secret] of COMMON)
    it(`are drawn from their payloads as Slack and Discord would: ${provider}, ${sample}`, async () => {
      const channel = `${provider}-${sample.replace(/[._]/g, '-')}`;
      await world.endpoint(provider, `in #${channel} as ${channel} ${secret}`);
      await world.type(`/webhook test ${channel} ${sample}`, { channel: 'elsewhere' });
      await world.settled();
      const [told] = await world.messages(channel);
      assert.ok(told?.message.title);
      await page.goto(`${new URL(page.url()).origin}/#/chat/${channel}`);
      for (const look of ['Slack', 'Discord']) {
        await page.getByText(look, { exact: true }).first().click();
        const drawn = page.locator('ol[aria-label=Messages] > li.message').first();
        await drawn.getByText(told.message.title.text.slice(0, 20)).first().waitFor();
        assert.equal(await drawn.getByText('A block of type').count(), 0);
        await screenshot(drawn, `${look.toLowerCase()}-${channel}`);
      }
    });

  it('link what the payload links and nothing else: Slack finds no addresses in plain text', async () => {
    const local = world.app.platforms.get('local');
    const plain = 'see www.evil.example';
    await local?.post(
      (await local.channel('links')).id,
      toMessage({
        title: { text: plain, url: 'https://acme.example/title' },
        body: `${escapeMarkdown(plain)} \`https://evil.example/code\` [the manual](https://acme.example/manual)`,
        fields: [{ name: 'Where', value: escapeMarkdown('https://evil.example/field') }],
      }),
      { nonce: 'links' },
    );
    await page.goto(`${new URL(page.url()).origin}/#/chat/links`);
    await page.getByText('Slack', { exact: true }).first().click();
    const drawn = page.locator('ol[aria-label=Messages] > li.message').first();
    await drawn.locator('.slack').getByText('the manual').waitFor();
    const hrefs = await drawn
      .locator('.slack a[href]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.deepEqual([...new Set(hrefs)].toSorted(), ['https://acme.example/manual', 'https://acme.example/title']);
  });

  it('are drawn whole as Discord would show them, however many embeds and messages that takes', async () => {
    const words = Array.from({ length: 450 }, (_, index) => `word${index} says a thing`);
    const local = world.app.platforms.get('local');
    const channel = await local?.channel('long');
    await local?.post(
      channel?.id ?? '',
      toMessage({ title: { text: 'All of it' }, body: words.join(', ').replace(/(9 says a thing), /g, '$1\n\n') }),
      {
        nonce: 'long',
      },
    );
    const [told] = await world.messages('long');
    const [first, second, ...more] = (told as unknown as Drawn).drawings.discord;
    assert.deepEqual([first?.embeds.length, more.length], [2, 0]);
    await page.goto(`${new URL(page.url()).origin}/#/chat/long`);
    await page.getByText('Discord', { exact: true }).first().click();
    const drawn = page.locator('ol[aria-label=Messages] > li.message').first();
    await drawn.getByText(words.at(-1) ?? '').waitFor();
    assert.deepEqual(
      [await drawn.locator('discord-message').count(), await drawn.locator('discord-embed').count()],
      [2, 2 + Number(second?.embeds.length)],
    );
    assert.deepEqual((await drawn.innerText()).match(/word\d+ says a thing/g), words);
    await page.setViewportSize({ width: 900, height: 5_000 });
    await screenshot(drawn, 'discord-long');
  });
});

interface Drawn {
  readonly drawings: { readonly discord: readonly { readonly embeds: readonly unknown[] }[] };
}
