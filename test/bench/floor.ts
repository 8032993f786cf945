import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';

// The least that "verified and on disk before the answer" can cost with the same parts: Fastify reads the body as bytes, one
// HMAC checks it, and whatever came meanwhile shares one synced commit. All of it on one thread, and nothing else is done.
const [port = '0', path = ':memory:', secret = ''] = process.argv.slice(2);

const database = new DatabaseSync(path);
database.exec('pragma journal_mode = wal; pragma synchronous = full');
database.exec('create table deliveries (id integer primary key, delivery_id text not null, body blob not null) strict');
const insert = database.prepare('insert into deliveries (delivery_id, body) values (?, ?)');

interface Waiting {
  readonly deliveryId: string;
  readonly body: Buffer;
  readonly committed: () => void;
}

let waiting: Waiting[] = [];

function keep(deliveryId: string, body: Buffer): Promise<void> {
  return new Promise((committed) => {
    waiting.push({ deliveryId, body, committed });
    if (waiting.length === 1) setImmediate(commit);
  });
}

function commit(): void {
  const batch = waiting;
  waiting = [];
  database.exec('begin');
  for (const { deliveryId, body } of batch) insert.run(deliveryId, body);
  database.exec('commit');
  for (const { committed } of batch) committed();
}

function verified(signature: unknown, body: Buffer): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const given = Buffer.from(String(signature));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post<{ Body: Buffer }>('/in/:token', async ({ headers, body }, reply) => {
  if (!verified(headers['x-hub-signature-256'], body)) return reply.code(401).send({ outcome: 'refused' });
  await keep(String(headers['x-github-delivery']), body);
  return reply.code(202).send({ outcome: 'kept' });
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
console.log('ready');
await once(process, 'SIGTERM');
database.close();
process.exit();
