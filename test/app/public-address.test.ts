import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { defineTunnel } from '../../src/app/reach/tunnel.ts';
import { createAddressWatch } from '../../src/app/reach/watch-address.ts';
import type { NewPost } from '../../src/core/event/post.ts';
import type { Address } from '../../src/core/settings/address.ts';
import { until } from '../until.ts';
import { aWorld, type World } from '../world.ts';

describe('the public address', () => {
  let world: World;
  let proxy: Awaited<ReturnType<typeof aServer>>;
  const tunnel = defineTunnel({
    title: 'burrow',
    command: (localUrl) => `burrow ${localUrl}`,
    find: async () => [],
  });

  before(async () => {
    world = await aWorld({ tunnels: new Map([['burrow', tunnel]]) });
    proxy = await aServer(async ({ url = '' }, response) => {
      // Only the path of deliveries is open, as behind a proxy that keeps the page inside.
      const answer = url.startsWith('/in/') ? await fetch(`${world.publicUrl}${url}`) : { status: 403 };
      response.writeHead(answer.status).end();
    });
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    proxy.close();
  });

  it('is missing at first, and the greeting, `new`, `test` and the page say what to do', async () => {
    const advice = /Providers elsewhere cannot reach .*burrow http.*\/in\/.*\/slack\/events.*\/discord\/interactions/;
    assert.match(world.printed.join('\n'), advice);
    const made = await world.type('/webhook new github in #ops as api');
    assert.match(made.text, advice);
    assert.match((await world.type('/webhook new in #ops as later')).text, advice);
    assert.match((await world.type('/webhook test api')).text, advice);
    assert.match((await world.call<{ advice: string }>('/api/v1/address')).json.advice, advice);
  });

  it('is refused where something else answers, and then nothing is changed', async () => {
    const other = await aServer((_request, response) => response.end('{"status":"alive"}'));
    const refused = await world.type(`/webhook address ${other.url}`);
    assert.equal(refused.data.code, 'not_reached');
    assert.match(refused.text, /is answered by something else than this Bellhop, with 200\. Nothing was changed/);
    other.close();
    assert.match((await world.type(`/webhook address ${other.url}`)).text, /refuses the connection/);
    assert.equal(world.app.publicUrl, world.publicUrl);
    assert.equal((await world.type('/webhook address ftp://hooks.example.com')).data.code, 'bad_option');
  });

  it('is shown by endpoints at once, and advice ends', async () => {
    assert.match((await world.type(`/webhook address ${proxy.url}/`)).text, /A request sent there arrived here/);
    const { endpoints } = (await world.call<{ endpoints: { url: string }[] }>('/api/v1/endpoints')).json;
    assert.ok(endpoints[0]?.url.startsWith(`${proxy.url}/in/`));
    const made = await world.type('/webhook new github in #ops as shown');
    assert.ok(made.data.endpoint?.url.startsWith(`${proxy.url}/in/`));
    assert.doesNotMatch(made.text, /cannot reach/);
  });
});

it('is offered where a tunnel runs and leads here, and one that leads elsewhere is not', async () => {
  const running: string[] = [];
  const tunnel = defineTunnel({ title: 'burrow', command: () => 'burrow', find: async () => running });
  await using world = await aWorld({ tunnels: new Map([['burrow', tunnel]]) });
  const other = await aServer((_request, response) => response.end());
  const burrow = await aServer(async ({ url = '' }, response) => {
    response.writeHead((await fetch(`${world.publicUrl}${url}`)).status).end();
  });
  running.push(other.url, burrow.url);
  // What was found at the start is kept for a moment.
  await until(async () => (await world.type('/webhook address')).message.actions.length > 0);
  const made = await world.type('/webhook new github in #ops as api');
  assert.ok(made.text.includes(`burrow runs and leads here: set its address with`));
  assert.match((await world.click(made, /^Use burrow$/)).text, /arrived here/);
  assert.equal(world.app.publicUrl, burrow.url);
  other.close();
  burrow.close();
});

it('of the environment counts before one that an admin set', async () => {
  await using world = await aWorld({ environment: { PUBLIC_URL: 'https://hooks.example.com' } });
  const body = { text: '/webhook address https://other.example.com', channel: 'ops' };
  const answer = await world.app.http.inject({
    method: 'POST',
    url: '/api/v1/commands',
    headers: { authorization: `Bearer ${world.app.adminToken}`, host: 'localhost' },
    body,
  });
  assert.equal(answer.json().data.code, 'set_by_environment');
  assert.equal(world.app.publicUrl, 'https://hooks.example.com');
});

it('of somebody else’s site is named by the start, `new`, `test` and the page', async (t) => {
  const other = await aServer((_request, response) => response.end('<html>Welcome</html>'));
  t.after(other.close);
  await using world = await aWorld({ environment: { PUBLIC_URL: other.url } });
  const headers = { authorization: `Bearer ${world.app.adminToken}`, host: 'localhost' };
  const say = async (text: string) => {
    const body = { text, channel: 'ops' };
    return (await world.app.http.inject({ method: 'POST', url: '/api/v1/commands', headers, body })).json();
  };
  const advice = /is answered by something else than this Bellhop, with 200: what providers send there does not arrive/;
  await until(() => advice.test(world.printed.join('\n')));
  assert.match((await say('/webhook new github in #ops as api')).text, advice);
  const tried = await say('/webhook test api');
  assert.match(tried.text, /answered 200\. Something else answers at/);
  assert.match(tried.text, advice);
  assert.match((await world.app.http.inject({ url: '/api/v1/address', headers })).json().advice, advice);
});

it('that stops leading here is posted once, and once more when it does again', async () => {
  let reason: string | undefined;
  const posted: NewPost[] = [];
  const address: Address = {
    url: 'https://hooks.example.com',
    setBy: 'admin',
    arrival: undefined,
    localUrl: 'http://127.0.0.1:3000',
    tryOut: async () => (reason ? { ok: false, reason } : { ok: true }),
    findTunnel: async () => undefined,
    tunnelCommands: [],
  };
  const ignore = () => undefined;
  const check = createAddressWatch({
    address,
    settings: { current: { endpoints: [], mutes: [], templates: [], people: [], admins: [] } },
    notify: async (posts) => void posted.push(...posts),
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
  const titles = async () => {
    await check();
    return posted.map(({ message }) => message?.title?.text);
  };
  assert.deepEqual(await titles(), []);
  reason = 'refuses the connection';
  assert.deepEqual(await titles(), ['Providers cannot reach Bellhop']);
  assert.deepEqual(await titles(), ['Providers cannot reach Bellhop']);
  reason = undefined;
  assert.deepEqual(await titles(), ['Providers cannot reach Bellhop', 'Providers reach Bellhop again']);
});

async function aServer(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close(() => undefined).closeAllConnections() };
}
