import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import { CODE_AGE } from '../../src/http/auth.ts';
import { aWorld, type World } from '../world.ts';

describe('a sign-in link', () => {
  it('lets one browser in, once', async () => {
    await using world = await aWorld();
    assert.equal((await open(world)).status, 303);
    const again = await open(world);
    assert.equal(again.status, 403);
    assert.match(await again.text(), /`bellhop sign-in` prints a new one/);
  });

  it('that was used lets in whoever is signed in, and shows everybody else what to do', async () => {
    await using world = await aWorld();
    const cookie = (await open(world)).headers.get('set-cookie')?.split(';')[0] ?? '';
    const again = await fetch(linkOf(world), { headers: { cookie }, redirect: 'manual' });
    assert.deepEqual([again.status, again.headers.get('location')], [303, '/']);
    const page = await asBrowser(linkOf(world));
    assert.deepEqual([page.status, page.type], [403, 'text/html; charset=utf-8']);
    assert.match(
      page.text,
      /<h1>This sign-in link was already used or has expired<\/h1>[\s\S]*<code>bellhop sign-in<\/code>/,
    );
  });

  it('is not used up by a preview that asks by HEAD', async () => {
    await using world = await aWorld();
    assert.equal((await fetch(linkOf(world), { method: 'HEAD', redirect: 'manual' })).status, 404);
    assert.equal((await open(world)).status, 303);
  });

  it('is too old after an hour', async () => {
    let ahead = 0;
    await using world = await aWorld({ clock: { ...systemClock, elapsed: () => systemClock.elapsed() + ahead } });
    ahead = CODE_AGE * 1000 + 1;
    assert.equal((await open(world)).status, 403);
  });
});

describe('a browser', () => {
  it('is shown a page that says what to do, and a program JSON', async () => {
    await using world = await aWorld({ environment: { PUBLIC_URL: 'https://hooks.example.com' } });
    const url = linkOf(world).replace(/\/sign-in.*/, '');
    const unknown = await asBrowser(`${url}/nothing<script>`);
    assert.deepEqual([unknown.status, unknown.type], [404, 'text/html; charset=utf-8']);
    assert.match(unknown.text, /<a href="\/">Open Bellhop’s page<\/a>/);
    assert.match(unknown.policy, /^default-src 'none'/);
    const closed = await asBrowser(`${url}/api/v1/events`);
    assert.deepEqual([closed.status, /<h1>Sign in first<\/h1>/.test(closed.text)], [401, true]);
    const headers = { host: 'elsewhere.example', accept: 'text/html' };
    const strange = await world.app.http.inject({ url: '/', headers });
    assert.deepEqual([strange.statusCode, /<code>PUBLIC_URL<\/code>/.test(strange.body)], [421, true]);
    const program = await fetch(`${url}/nothing`);
    assert.deepEqual([program.status, ((await program.json()) as { code: string }).code], [404, 'not_found']);
  });
});

describe('a session', () => {
  it('ends when its browser signs out', async () => {
    await using world = await aWorld();
    const cookie = (await open(world)).headers.get('set-cookie')?.split(';')[0] ?? '';
    const response = await fetch(`${world.publicUrl}/api/v1/session`, {
      method: 'DELETE',
      headers: { cookie, 'x-bellhop': '1' },
    });
    assert.deepEqual(await response.json(), { signedIn: false });
    assert.match(response.headers.get('set-cookie') ?? '', /^bellhop_session=;.*Expires=Thu, 01 Jan 1970/);
  });

  it('is kept to https where PUBLIC_URL says https, whether or not the proxy is trusted', async () => {
    await using world = await aWorld({ environment: { PUBLIC_URL: 'https://hooks.example.com' } });
    const link = linkOf(world);
    const direct = await fetch(link, { redirect: 'manual' });
    assert.doesNotMatch(direct.headers.get('set-cookie') ?? '', /Secure/);

    const response = await world.app.http.inject({
      url: `/sign-in?code=${await world.app.createCode()}`,
      headers: { host: 'hooks.example.com' },
    });
    assert.match(String(response.headers['set-cookie']), /Secure/);
  });
});

function linkOf({ printed }: World): string {
  return printed.join('\n').match(/http:\S+code=\S+/)?.[0] ?? '';
}

function open(world: World): Promise<Response> {
  return fetch(linkOf(world), { redirect: 'manual' });
}

async function asBrowser(url: string) {
  const response = await fetch(url, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
  const policy = response.headers.get('content-security-policy') ?? '';
  return { status: response.status, type: response.headers.get('content-type'), policy, text: await response.text() };
}
