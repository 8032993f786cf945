import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { systemClock } from '../../src/app/system-clock.ts';
import { createCounters } from '../../src/core/counters.ts';
import { createBodyBudget } from '../../src/http/body-budget.ts';
import { hookRoutes } from '../../src/http/hooks.ts';
import type { Receiver } from '../../src/relay/receive.ts';
import { aPush, aWorld, type Endpoint, signed } from '../world.ts';

describe('receiving a webhook', () => {
  it('keeps a signed delivery, says so, and posts it', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    const response = await world.deliver(endpoint, aPush());
    assert.equal(response.status, 202);
    assert.equal(((await response.json()) as { outcome: string }).outcome, 'kept');
    await world.settled();
    assert.deepEqual(
      (await world.messages()).map(({ text }) => text),
      ['octocat pushed to main: Fix the door'],
    );
  });

  it('acknowledges a repeated delivery without keeping it twice', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    const push = aPush();
    await world.deliver(endpoint, push);
    const response = await world.deliver(endpoint, push);
    assert.deepEqual([response.status, await response.json()], [200, { outcome: 'repeated' }]);
    assert.equal((await world.events()).length, 1);
  });

  it('takes two of the same delivery at once as one', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    const push = aPush();
    const statuses = (await Promise.all([1, 2, 3, 4].map(() => world.deliver(endpoint, push)))).map(
      ({ status }) => status,
    );
    assert.deepEqual(statuses.toSorted(), [200, 200, 200, 202]);
  });

  it('refuses a delivery signed with another secret, plainly outside and exactly inside', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    const response = await world.deliver(endpoint, { ...aPush(), secret: 'another' });
    assert.deepEqual(
      [response.status, await response.json()],
      [401, { code: 'unauthorized', message: 'This delivery could not be verified.' }],
    );
    assert.deepEqual(await world.events(), []);
    assert.match((await world.refusals())[0]?.reason ?? '', /signature/);
  });

  const unreadable = {
    '{"ref": 1,, }': 'The body is not valid JSON: look at line 1, column 11',
    [`${'['.repeat(50_000)}`]: 'The JSON is nested deeper than 100 levels',
  };
  for (const [body, title] of Object.entries(unreadable))
    it(`says in the message why a body could not be read: ${title}`, async () => {
      await using world = await aWorld();
      const endpoint = await world.endpoint('github', 'in #ops');
      await world.deliver(endpoint, { body, headers: aPush().headers });
      await world.settled();
      const [message] = await world.messages();
      assert.deepEqual([message?.message.title?.text, message?.message.severity], [title, 'warning']);
      assert.ok(message?.message.body.includes(body.slice(0, 10)));
    });

  it('calls what came without a body by its name', async () => {
    await using world = await aWorld();
    await world.deliver(await world.endpoint('generic', 'in #ops'), { body: '' });
    await world.settled();
    assert.equal((await world.messages())[0]?.message.title?.text, 'A delivery without a body');
  });

  it('posts what a sender says in the address alone', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic', 'in #ops');
    for (const status of ['down', 'up'])
      assert.equal((await fetch(`${url}?name=Disk+full&status=${status}`)).status, 202);
    await world.settled();
    assert.deepEqual(
      (await world.messages()).map(({ message }) => message.title?.text),
      ['Disk full is down', 'Disk full is up'],
    );
  });

  it('takes an address with a slash too many', async () => {
    await using world = await aWorld();
    const { pathname } = new URL((await world.endpoint('generic')).url);
    const paths = [
      `${pathname}/`,
      `/${pathname}`,
      pathname.replace('/in/', '/in//'),
      `${pathname}//`,
      `${pathname}/?a=1`,
    ];
    for (const [number, path] of paths.entries()) {
      const response = await fetch(`${world.publicUrl}${path}`, { method: 'POST', body: `{"number":${number}}` });
      assert.equal(response.status, 202, `address ${number}`);
    }
  });

  it('does not know endpoints nobody created', async () => {
    await using world = await aWorld();
    const response = await fetch(`${world.publicUrl}/in/guess`, { method: 'POST', body: '{}' });
    assert.deepEqual(
      [response.status, await response.json()],
      [404, { code: 'not_found', message: 'This endpoint does not exist.' }],
    );
  });

  for (const method of ['GET', 'PATCH', 'DELETE'])
    it(`says how to deliver where something comes by ${method}`, async () => {
      await using world = await aWorld();
      const endpoint = await world.endpoint('github');
      const response = await fetch(endpoint.url, { method });
      assert.deepEqual(
        [response.status, await response.json()],
        [405, { code: 'method_not_allowed', message: 'This endpoint accepts only POST. Send it again as POST.' }],
      );
    });

  it('names headers as code wherever the reason of a refusal is shown', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    for (let count = 0; count < 5; count++) await fetch(endpoint.url, { method: 'POST', body: '{}' });
    await world.settled();
    const shown = [
      (await world.type('/webhook why github')).message,
      (await world.type('/webhook show github')).message,
      (await world.messages())[0]?.message,
    ];
    for (const message of shown)
      assert.match(JSON.stringify(message), /(?<!\\)`x-hub-signature-256`/, JSON.stringify(message));
  });

  it('notifies the owner once when five deliveries in a row were refused', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    for (let times = 0; times < 8; times++) await world.deliver(endpoint, { ...aPush(), secret: 'another' });
    await world.settled();
    assert.deepEqual(
      (await world.messages()).map(({ message }) => message.title?.text),
      ['github: the secret does not match'],
    );
  });

  it('remembers refusals, but no flood of them: ten of an endpoint in a second', async () => {
    const now = new Date();
    await using world = await aWorld({ clock: { ...systemClock, now: () => now } });
    const endpoint = await world.endpoint('github');
    await Promise.all(Array.from({ length: 40 }, () => world.deliver(endpoint, { ...aPush(), secret: 'another' })));
    assert.equal((await world.refusals()).length, 10);
  });
});

describe('a body of any kind', () => {
  const kinds: Record<string, { body: string | Buffer; headers: Record<string, string> }> = {
    'JSON with a strange content type': { body: '{"title":"Hello"}', headers: { 'content-type': ';;;' } },
    'a form': { body: 'title=Hello&state=open', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    'JSON in a form field': {
      body: `payload=${encodeURIComponent('{"title":"Hello"}')}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    XML: { body: '<alert><title>Hello</title></alert>', headers: { 'content-type': 'application/xml' } },
    'XML with an entity bomb': {
      body: '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
      headers: { 'content-type': 'text/xml' },
    },
    text: { body: 'Hello', headers: { 'content-type': 'text/plain' } },
    nothing: { body: '', headers: {} },
    'broken JSON': { body: '{"title": "Hel', headers: {} },
    'JSON nested too deeply': { body: '['.repeat(50_000), headers: {} },
    'JSON that names prototypes': {
      body: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"title":"Hello"}',
      headers: {},
    },
    'bytes that are no text': {
      body: Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]),
      headers: { 'content-type': 'application/json' },
    },
    gzip: { body: gzipSync('{"title":"Hello"}'), headers: { 'content-encoding': 'gzip' } },
    deflate: { body: deflateSync('{"title":"Hello"}'), headers: { 'content-encoding': 'deflate' } },
    'bare deflate': { body: deflateRawSync('{"title":"Hello"}'), headers: { 'content-encoding': 'deflate' } },
  };
  for (const [kind, { body, headers }] of Object.entries(kinds))
    it(`is kept and posted: ${kind}`, async () => {
      await using world = await aWorld();
      const endpoint = await world.endpoint('generic', 'in #ops');
      assert.equal((await world.deliver(endpoint, { body, headers })).status, 202);
      await world.settled();
      const [message] = await world.messages();
      assert.ok(message?.text, 'the channel hears of it');
      assert.equal(({} as { polluted?: number }).polluted, undefined);
    });

  it('is refused and recorded when it is larger than the endpoint takes', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic');
    const response = await world.deliver(endpoint, { body: 'x'.repeat(6 * 1024 * 1024) });
    assert.deepEqual([response.status, ((await response.json()) as { code: string }).code], [413, 'too_large']);
    assert.match((await world.refusals())[0]?.reason ?? '', /^the body has 6291456 bytes, 5242880 are allowed$/);
  });

  it('is refused and recorded when it is not packed as its headers say', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    const response = await world.deliver(endpoint, { ...aPush(), headers: { 'content-encoding': 'gzip' } });
    assert.deepEqual(
      [response.status, await response.json()],
      [
        400,
        {
          code: 'broken_packing',
          message: 'The body is not the gzip that its headers promise. Send it plain, or compress it again.',
        },
      ],
    );
    assert.equal((await world.refusals())[0]?.reason, 'the body is not valid gzip');
  });

  it('is refused and recorded when it unpacks to far more than was sent', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic');
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    assert.equal((await world.deliver(endpoint, { body: bomb, headers: { 'content-encoding': 'gzip' } })).status, 413);
    assert.match((await world.refusals())[0]?.reason ?? '', /unpacks to more than/);
  });

  it('is refused when its packing is unknown or broken', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic');
    assert.equal((await world.deliver(endpoint, { body: 'x', headers: { 'content-encoding': 'rot13' } })).status, 415);
    assert.equal((await world.deliver(endpoint, { body: 'x', headers: { 'content-encoding': 'gzip' } })).status, 400);
  });

  it('is recorded when the connection closes in the middle of it', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    await tear(endpoint);
    const [refusal] = await until(() => world.refusals());
    assert.equal(refusal?.reason, 'the connection closed after 5 bytes of the body');
  });
});

describe('a header that is sent twice', () => {
  it('does not pass for a signature', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    const { payload, headers } = aPush();
    const body = Buffer.from(JSON.stringify(payload));
    const genuine = signed(endpoint, { headers, body, secret: endpoint.secret });
    const status = await post(
      endpoint,
      {
        ...genuine,
        'x-hub-signature-256': [genuine['x-hub-signature-256'] ?? '', genuine['x-hub-signature-256'] ?? ''],
      },
      body,
    );
    assert.equal(status, 401);
    assert.equal(await post(endpoint, genuine, body), 202);
  });
});

async function until<T>(look: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found.length) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return [];
}

function post(
  { url }: Endpoint,
  headers: Record<string, string | string[]>,
  body: Buffer,
): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request(url, { method: 'POST', headers }, (response) => resolve(response.resume().statusCode))
    .on('error', reject)
    .end(body);
  return promise;
}

async function tear({ url }: Endpoint): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const torn = request(url, { method: 'POST', headers: { 'content-length': '100' } });
  torn.on('error', () => resolve());
  torn.write('12345', () => setTimeout(() => torn.destroy(), 20));
  await promise;
}

describe('what is no proper request', () => {
  it('gets an answer that says so', async () => {
    await using world = await aWorld();
    const { hostname, port } = new URL(world.publicUrl);
    assert.match(await say(hostname, port, 'NONSENSE\r\n\r\n'), /^HTTP\/1\.1 400 .*"code":"malformed"/s);
    assert.match(
      await say(hostname, port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`),
      /^HTTP\/1\.1 431 .*"code":"headers_too_large"/s,
    );
    assert.equal((await fetch(`${world.publicUrl}/healthz`)).status, 200);
  });
});

async function say(host: string, port: string, words: string): Promise<string> {
  const socket = connect(Number(port), host).end(words);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

describe('an answer that is no HTTP', () => {
  it('ends its own connection and nothing else', async () => {
    const app = Fastify();
    const answers = [{ status: 200, headers: { 'x-echo': 'a\nb' }, body: '' }];
    const receiver: Omit<Receiver, 'takeHeld' | 'takeEdited'> = {
      bodyLimit: async () => 1024,
      wordRefusal: () => undefined,
      refuse: async () => {},
      receive: async () => {
        const answer = answers.shift();
        return answer ? { outcome: 'answered', answer } : { outcome: 'repeated' };
      },
    };
    await app.register(hookRoutes, {
      receiver,
      clock: systemClock,
      counters: createCounters(),
      budget: createBodyBudget(1024),
      log: app.log,
      arrived: () => undefined,
    });
    const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/in/token`;
    await assert.rejects(fetch(url, { method: 'POST', body: '{}' }));
    assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 200);
    await app.close();
  });
});
