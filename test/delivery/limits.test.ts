import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { systemClock } from '../../src/app/system-clock.ts';
import { createCounters } from '../../src/core/counters.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { parseJson } from '../../src/core/delivery/parse-json.ts';
import { createBodyBudget } from '../../src/http/body-budget.ts';
import { hookRoutes } from '../../src/http/hooks.ts';
import type { Receiver } from '../../src/relay/receive.ts';
import { aPush, aWorld, type Endpoint, signed } from '../world.ts';

const MEGABYTE = 1024 * 1024;

describe('a large body', () => {
  it('is taken and posted up to what its provider sends: a push of 2,048 commits', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    const { payload, headers } = aPush();
    const files = Array.from({ length: 80 }, (_, index) => `src/some/folder/with/a/long/name/file-${index}.ts`);
    const commits = Array.from({ length: 2_048 }, (_, index) => ({
      id: index.toString(16).padStart(40, '0'),
      message: `Commit ${index}`,
      author: { name: 'Mona' },
      modified: files,
    }));
    const body = JSON.stringify({ ...payload, commits });
    assert.ok(body.length > 5 * MEGABYTE);
    assert.equal((await world.deliver(endpoint, { body, headers })).status, 202);
    await world.settled();
    assert.match((await world.messages())[0]?.text ?? '', /pushed 2,?048 commits to main/);
  });

  it('is refused and recorded where it is larger than that', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    const response = await world.deliver(endpoint, { body: 'x'.repeat(26 * MEGABYTE) });
    assert.equal(response.status, 413);
    assert.match((await world.refusals())[0]?.reason ?? '', /^the body has 27262976 bytes, 26214400 are allowed$/);
  });

  it('is parsed once, however often it is asked for its payload', () => {
    const delivery = { method: 'POST', url: '', headers: {}, query: {}, receivedAt: new Date(), remoteAddress: '' };
    const body = Buffer.from(JSON.stringify({ list: Array.from({ length: 50_000 }, () => 'words') }));
    assert.equal(parseDelivery({ ...delivery, body }).payload, parseDelivery({ ...delivery, body }).payload);
  });

  it('is read up to its forty thousandth name, and says so', () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `"name${index}":[{"x":1}]`);
    const outcome = parseJson(`{"title":"Hello","rest":{${names.join(',')}}}`);
    assert.ok(outcome.ok);
    assert.equal(outcome.problem, 'The JSON has more than 40,000 different names; the rest is left out.');
    const { title, rest } = outcome.payload as { title: string; rest: Record<string, unknown> };
    assert.equal(title, 'Hello');
    const read = Object.keys(rest).length;
    assert.ok(read > 40_000 && read < 45_000, `${read} names`);
    assert.deepEqual(rest[`name${read - 1}`], [{ x: 1 }]);
  });

  it('is read up to its half millionth object or list, and says so', () => {
    const outcome = parseJson(`{"title":"Hello","list":[${Array(600_000).fill('[]').join(',')}]}`);
    assert.ok(outcome.ok);
    assert.equal(outcome.problem, 'The JSON has more than 500,000 objects and lists; the rest is left out.');
    assert.equal((outcome.payload as { list: unknown[] }).list.length, 499_999);
  });

  it('is read whole where it has as many names, but the same ones again and again', () => {
    const records = Array.from({ length: 100_000 }, (_, id) => ({ id, name: 'x', at: 'y' }));
    assert.deepEqual(parseJson(JSON.stringify(records)), { ok: true, payload: records });
  });
});

describe('bodies that arrive at once', () => {
  it('are taken as far as there is room for all of them, and the next sender is asked to come again', async () => {
    await using server = await aServer(2 * MEGABYTE);
    const held = await server.begin(1.5 * MEGABYTE);
    const answer = await server.send(MEGABYTE);
    assert.deepEqual(
      [answer.statusCode, answer.headers['retry-after'], answer.headers.connection],
      [503, '2', 'close'],
    );
    assert.match(server.refusals[0] ?? '', /too many large deliveries/);
    held.end();
    assert.equal((await answerTo(held)).statusCode, 200);
    assert.equal((await server.send(1.5 * MEGABYTE)).statusCode, 200);
  });

  it('count as large as they are unpacked', async () => {
    await using server = await aServer(2 * MEGABYTE);
    const packed = gzipSync(randomBytes(MEGABYTE).toString('hex').repeat(2));
    assert.equal((await server.send(packed, { 'content-encoding': 'gzip' })).statusCode, 503);
    assert.equal((await server.send(gzipSync('x'), { 'content-encoding': 'gzip' })).statusCode, 200);
  });

  it('leave no trace when their connection breaks', async () => {
    await using server = await aServer(2 * MEGABYTE);
    for (let times = 0; times < 4; times++) {
      const broken = await server.begin(1.5 * MEGABYTE);
      broken.destroy();
      await server.refused();
    }
    assert.equal((await server.send(1.5 * MEGABYTE)).statusCode, 200);
  });
});

describe('a delivery that began before its endpoint changed', () => {
  it('is refused where its secret no longer counts', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    const finish = await beginDelivery(endpoint);
    await world.type('/webhook rotate github grace 0s');
    assert.equal(await finish(), 401);
    assert.deepEqual(await world.events(), []);
  });

  it('is refused where the time of its secret ran out', async () => {
    let ahead = 0;
    await using world = await aWorld({ clock: { ...systemClock, now: () => new Date(Date.now() + ahead) } });
    const endpoint = await world.endpoint('github');
    await world.type('/webhook rotate github grace 1h');
    const finish = await beginDelivery(endpoint);
    ahead = 2 * 3_600_000;
    assert.equal(await finish(), 401);
  });

  it('is taken where its secret became valid meanwhile', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('stripe', 'secret=first-0123456789');
    const finish = await beginDelivery(endpoint, 'second-0123456789');
    await world.type('/webhook rotate stripe secret=second-0123456789');
    assert.equal(await finish(), 202);
  });

  it('finds no endpoint where that was deleted', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    const finish = await beginDelivery(endpoint);
    await world.type('/webhook delete github confirm');
    assert.equal(await finish(), 404);
    assert.deepEqual(await world.events(), []);
  });
});

/** The receiver's door with so much room, and nobody behind it who looks at what comes. */
async function aServer(room: number) {
  const app = Fastify();
  const refusals: string[] = [];
  let onRefused: () => void = () => undefined;
  const receiver: Omit<Receiver, 'takeHeld' | 'takeEdited'> = {
    bodyLimit: async () => 25 * MEGABYTE,
    wordRefusal: () => undefined,
    receive: async () => ({ outcome: 'repeated' }),
    async refuse(_token, _delivery, { reason }) {
      refusals.push(reason);
      onRefused();
    },
  };
  const budget = createBodyBudget(room);
  await app.register(hookRoutes, {
    receiver,
    clock: systemClock,
    counters: createCounters(),
    budget,
    log: app.log,
    arrived: () => undefined,
  });
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/in/token`;
  const send = async (body: number | Buffer, headers: Record<string, string> = {}) => {
    const sending = request(url, { method: 'POST', headers }).end(typeof body === 'number' ? Buffer.alloc(body) : body);
    return answerTo(sending);
  };
  return {
    refusals,
    send,
    /** Sends so much of a body, and not its end. Resolves once the server has it. */
    async begin(bytes: number): Promise<ClientRequest> {
      const sending = request(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
      sending.on('error', () => undefined);
      sending.write(Buffer.alloc(bytes));
      // Another body of the room's size finds room until this one is there.
      while ((await send(room - bytes + 1)).statusCode !== 503);
      refusals.length = 0;
      return sending;
    },
    /** Resolves once the delivery that was begun is refused. */
    async refused(): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      onRefused = resolve;
      if (refusals.length === 0) await promise;
    },
    [Symbol.asyncDispose]: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

async function answerTo(sending: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  return response.resume();
}

/** Sends all but the end of a push. What is given back sends that, and resolves with the status. */
async function beginDelivery(endpoint: Endpoint, secret = endpoint.secret): Promise<() => Promise<number | undefined>> {
  const { payload, headers } = aPush();
  const body = Buffer.from(JSON.stringify(payload));
  const sending = request(endpoint.url, {
    method: 'POST',
    headers: {
      ...signed(endpoint, { headers, body, secret }),
      'content-length': String(body.length),
      expect: '100-continue',
    },
  });
  sending.flushHeaders();
  await once(sending, 'continue');
  sending.write(body.subarray(0, 10));
  return async () => {
    sending.end(body.subarray(10));
    return (await answerTo(sending)).statusCode;
  };
}
