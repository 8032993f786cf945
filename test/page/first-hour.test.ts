import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { ofTests } from '../app/environment.ts';
import { until } from '../until.ts';
import { aPush } from '../world.ts';
import { faultsOf } from './accessibility/axe.ts';
import { screenshot, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

const PROGRAM = join(import.meta.dirname, '../../src/bellhop.js');
/** An address that is not the one Bellhop listens at stands in for the internet. */
const OUTSIDE = '127.0.0.2';

describe('the first hour', { skip }, () => {
  let browser: Browser;
  before(async () => {
    browser = await theBrowser();
  });
  after(leaveTheBrowser);

  it('goes from an empty folder to a message from a provider elsewhere, by nothing but what is on screen', async (t) => {
    const terminal = await aTerminal(t);
    const link = found(/Sign in once: +(\S+)/, terminal);
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    t.after(() => page.context().close());
    await page.goto(link);

    const start = page.locator('.timeline');
    await start.getByText('Providers elsewhere cannot reach').waitFor();
    await screenshot(page, 'first-hour-start');
    const missing = await start.innerText();
    const gate = await aGate(t, found(/cannot reach (http\S+?):? /, missing));
    await type(page, `${found(/(\/webhook address)/, missing)} ${gate}`);
    const set = await said(page, /A request sent there arrived here/);

    await set.getByRole('button', { name: 'New endpoint' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Provider' }).fill('github');
    await form.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('dialog', { name: 'New GitHub endpoint' }).waitFor();
    await screenshot(page, 'first-hour-form');
    assert.deepEqual(await faultsOf(page), []);
    await form.getByRole('button', { name: 'Create endpoint' }).click();
    const steps = await (await said(page, /is ready: GitHub webhooks will be posted/)).innerText();
    await screenshot(page, 'first-hour-steps');
    assert.deepEqual(await faultsOf(page), []);
    assert.doesNotMatch(steps, /cannot reach/);
    const url = found(/Paste (http\S+) as Payload URL/, steps);
    assert.ok(url.startsWith(`${gate}/in/`), url);
    const status = await deliver(url, found(/Paste (\S+) as Secret/, steps));
    assert.equal(status, 202);
    await page.getByRole('list', { name: 'Messages' }).getByText('Oil the hinges').first().waitFor();
    await screenshot(page, 'first-hour-message');
  });
});

/** What a start prints, in a folder that is empty. */
async function aTerminal(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
  const bellhop = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: { ...ofTests, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' },
  });
  t.after(async () => {
    bellhop.kill('SIGINT');
    await once(bellhop, 'exit');
    await rm(folder, { recursive: true });
  });
  let printed = '';
  bellhop.stdout.setEncoding('utf8').on('data', (some: string) => (printed += some));
  await until(() => /Providers elsewhere cannot reach/.test(printed), 'a greeting');
  return printed;
}

/** A tunnel or a proxy: at an address of its own, it passes on to Bellhop what providers send. */
async function aGate(t: TestContext, bellhop: string): Promise<string> {
  const server = createServer((incoming, response) => {
    const { method, headers, url = '' } = incoming;
    if (!url.startsWith('/in/')) return response.writeHead(403).end();
    const onward = request(`${bellhop}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    return incoming.pipe(onward);
  });
  await once(server.listen(0, OUTSIDE), 'listening');
  t.after(() => server.close().closeAllConnections());
  return `http://${OUTSIDE}:${(server.address() as AddressInfo).port}`;
}

/** A push from outside, signed as GitHub documents it. */
async function deliver(url: string, secret: string): Promise<number | undefined> {
  const { payload } = aPush({ message: 'Oil the hinges' });
  const body = JSON.stringify(payload);
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': 'first',
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  const sending = request(url, { method: 'POST', headers, localAddress: OUTSIDE });
  sending.end(body);
  const [answer] = await once(sending, 'response');
  return answer.resume().statusCode;
}

async function type(page: Page, line: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Command' });
  await box.fill(line);
  await box.press('Escape');
  await page.getByRole('button', { name: 'Run' }).click();
}

/** The newest answer that reads like this. */
async function said(page: Page, words: RegExp): Promise<Locator> {
  const answer = page.getByRole('list', { name: 'Messages' }).locator('> li').filter({ hasText: words }).last();
  await answer.waitFor();
  return answer;
}

function found(pattern: RegExp, text: string): string {
  return pattern.exec(text)?.[1] ?? assert.fail(`nothing on screen is like ${pattern}:\n${text}`);
}
