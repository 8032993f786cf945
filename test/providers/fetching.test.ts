import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { PublishedRequest } from '../../src/core/provider/fetch-published.ts';
import { createHttpsCall } from '../../src/signatures/published/https-call.ts';
import { createHttpsFetch } from '../../src/signatures/published/https-fetch.ts';
import { isPublic } from '../../src/signatures/published/is-public.ts';
import { certificate, rsa } from '../doubles/test-keys.ts';

const HOST = 'keys.example';

describe('a key that a sender publishes', () => {
  let server: Server;
  let asked: string[] = [];
  let address = '127.0.0.1';
  let now = new Date('2026-05-01T12:00:00Z');

  before(async () => {
    server = createServer({ key: rsa.privatePem, cert: certificate }, (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const path = request.url ?? '';
      if (path === '/moved') response.writeHead(302, { location: 'https://127.0.0.1/secret' }).end();
      else if (path === '/none') response.writeHead(404).end();
      else if (path === '/broken') response.writeHead(503).end();
      else if (path === '/large') response.end('x'.repeat(300_000));
      else if (path === '/torn') {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setImmediate(() => response.destroy());
      } else response.end(`key of ${path}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => server.close());

  const fetcher = (mayAsk: (given: string) => boolean = (given) => given === '127.0.0.1') =>
    createHttpsFetch({
      now: () => now,
      lookup: (_host, _options, callback) => callback(null, [{ address, family: 4 }]),
      mayAsk,
      connection: { port: (server.address() as AddressInfo).port, ca: certificate },
    });
  const at = (path: string, more: Partial<PublishedRequest> = {}): PublishedRequest => ({
    url: `https://${HOST}${path}`,
    hosts: [HOST],
    ...more,
  });
  const fails = (work: Promise<string>, message: RegExp, status: number) =>
    assert.rejects(work, (error: Error & { status?: number }) => {
      assert.match(error.message, message);
      assert.equal(error.status, status);
      return true;
    });

  it('is fetched over https, and remembered for as long as it is asked for', async () => {
    const fetch = fetcher();
    asked = [];
    assert.equal(await fetch(at('/a', { keep: 60 })), 'key of /a');
    assert.equal(await fetch(at('/a', { keep: 60 })), 'key of /a');
    assert.deepEqual(asked, ['GET /a']);
    now = new Date(now.getTime() + 61_000);
    assert.equal(await fetch(at('/a', { keep: 3_600 })), 'key of /a');
    assert.deepEqual(asked, ['GET /a']);
    assert.equal(await fetch(at('/a', { keep: 60 })), 'key of /a');
    assert.deepEqual(asked, ['GET /a', 'GET /a']);
  });

  it('is not remembered where that is not wanted, and is asked for with a body where it must be', async () => {
    const fetch = fetcher();
    asked = [];
    for (let time = 0; time < 2; time++) await fetch(at('/c', { keep: 0, method: 'POST', body: '{}' }));
    assert.deepEqual(asked, ['POST /c', 'POST /c']);
  });

  it('is fetched from the hosts named, by https, and from no other place', async () => {
    const fetch = fetcher();
    asked = [];
    const places = [
      `http://${HOST}/a`,
      `https://other.example/a`,
      `https://${HOST}.other.example/a`,
      `https://${HOST}@other.example/a`,
      `https://user@${HOST}/a`,
      `https://${HOST}:8443/a`,
      `https://x${HOST}/a`,
      'file:///etc/passwd',
      'not a url',
      '',
    ];
    for (const url of places) await fails(fetch({ url, hosts: [HOST] }), /not a plain https URL/, 400);
    assert.deepEqual(asked, []);
  });

  it('is not fetched where the name leads to an address inside, not even among others', async () => {
    asked = [];
    await fails(fetcher(isPublic)(at('/a')), /not at a public address/, 400);
    const twofold = createHttpsFetch({
      now: () => now,
      lookup: (_host, _options, callback) =>
        callback(null, [
          { address: '93.184.216.34', family: 4 },
          { address: '10.0.0.1', family: 4 },
        ]),
    });
    await fails(twofold(at('/a')), /not at a public address/, 400);
    assert.deepEqual(asked, []);
  });

  it('is refused where the answer leads elsewhere, is none, or is too large; and may come later where the sender is away', async () => {
    const fetch = fetcher();
    await fails(fetch(at('/moved')), /answered 302/, 400);
    await fails(fetch(at('/none')), /answered 404/, 400);
    await fails(fetch(at('/large')), /more than 262144 bytes/, 400);
    await fails(fetch(at('/broken')), /answered 503/, 503);
    await fails(fetch(at('/torn')), /broke off|could not be reached/, 503);
  });

  it('is not asked for again at once when it failed, and asked for again a little later', async () => {
    const fetch = fetcher();
    asked = [];
    await fails(fetch(at('/broken')), /answered 503/, 503);
    await fails(fetch(at('/broken')), /answered 503/, 503);
    assert.equal(asked.length, 1);
    now = new Date(now.getTime() + 11_000);
    await fails(fetch(at('/broken')), /answered 503/, 503);
    assert.equal(asked.length, 2);
  });

  it('is asked for sixty times a minute at most, however many keys a flood of forgeries names', async () => {
    const fetch = fetcher();
    asked = [];
    now = new Date(now.getTime() + 60_000);
    const results = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => fetch(at(`/k${index}`))));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 60);
    assert.equal(asked.length, 60);
    now = new Date(now.getTime() + 60_000);
    assert.equal(await fetch(at('/again')), 'key of /again');
  });

  it('needs a certificate for its name', async () => {
    const fetch = createHttpsFetch({
      now: () => now,
      lookup: (_host, _options, callback) => callback(null, [{ address, family: 4 }]),
      mayAsk: () => true,
      connection: { port: (server.address() as AddressInfo).port, ca: certificate },
    });
    await fails(fetch({ url: 'https://other.example/a', hosts: ['other.example'] }), /could not be reached/, 503);
    address = '127.0.0.1';
  });
});

it('a provider’s API is asked at the hosts named and at public addresses only, without following anybody elsewhere', async () => {
  const server = createServer({ key: rsa.privatePem, cert: certificate }, (request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: 'https://127.0.0.1/secret' }).end();
    else response.setHeader('link', '<next>').end(`${request.headers.authorization} asks`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const options = {
      now: () => new Date('2026-05-01T12:00:00Z'),
      lookup: createLookup('127.0.0.1'),
      connection: { port: (server.address() as AddressInfo).port, ca: certificate },
    };
    const call = createHttpsCall({ ...options, mayAsk: () => true });
    const headers = { authorization: 'Bearer x' };
    const answer = await call({ url: `https://${HOST}/a`, hosts: [HOST], headers });
    assert.deepEqual([answer.status, answer.text, answer.headers.link], [200, 'Bearer x asks', '<next>']);
    assert.equal((await call({ url: `https://${HOST}/moved`, hosts: [HOST] })).status, 302);
    await assert.rejects(call({ url: 'https://other.example/a', hosts: [HOST] }), /not a plain https URL/);
    const outside = createHttpsCall(options);
    await assert.rejects(outside({ url: `https://${HOST}/a`, hosts: [HOST], headers }), /not at a public address/);
  } finally {
    server.close();
  }
});

function createLookup(address: string): LookupFunction {
  return (_host, _options, callback) => callback(null, [{ address, family: 4 }]);
}

it('public addresses are those of the open internet', () => {
  for (const address of '93.184.216.34 8.8.8.8 2606:2800:220:1:248:1893:25c8:1946 2a00:1450:4001::1'.split(' '))
    assert.equal(isPublic(address), true, address);
  for (const address of '127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 2001:db8::1 2002:a00:1:: x'.split(
    ' ',
  ))
    assert.equal(isPublic(address), false, address);
});
