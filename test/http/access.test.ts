import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { AppError } from '../../src/core/errors.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { aPush, aWorld, type World } from '../world.ts';

describe('the API and the page', () => {
  it('are for whoever holds the admin token or a session', async () => {
    await using world = await aWorld();
    for (const path of [
      '/session',
      '/channels',
      '/events',
      '/endpoints',
      '/refusals',
      '/live',
      '/commands',
      '/openapi.json',
    ]) {
      const response = await fetch(`${world.publicUrl}/api/v1${path}`);
      assert.deepEqual(
        [response.status, ((await response.json()) as { code: string }).code],
        [401, 'not_signed_in'],
        path,
      );
    }
    assert.equal(
      (await fetch(`${world.publicUrl}/api/v1/session`, { headers: { authorization: 'Bearer guess' } })).status,
      401,
    );
  });

  it('let a session change nothing that another site may have asked for', async () => {
    await using world = await aWorld();
    const cookie = await signIn(world);
    const body = JSON.stringify({ text: '/webhook list' });
    const ask = (headers: Record<string, string>) =>
      fetch(`${world.publicUrl}/api/v1/commands`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body,
      });
    assert.equal((await ask({})).status, 403);
    assert.equal((await ask({ 'x-bellhop': '1' })).status, 200);
  });

  it('answer to their own host names only', async () => {
    await using world = await aWorld({ environment: { PUBLIC_URL: 'https://hooks.example.com' } });
    const port = world.printed.join('\n').match(/127\.0\.0\.1:(\d+)/)?.[1] ?? '';
    assert.equal(await statusFor(port, 'evil.example'), 421);
    assert.equal(await statusFor(port, 'hooks.example.com'), 401);
    assert.equal(await statusFor(port, 'localhost'), 401);
    for (const path of ['/metrics', '/readyz', '/']) assert.equal(await statusFor(port, 'evil.example', path), 421);
    assert.equal(await statusFor(port, 'evil.example', '/healthz'), 421);
  });

  it('name the host that they do not answer to, and repeat nothing that is not a host name', async () => {
    await using world = await aWorld({ environment: { PUBLIC_URL: 'https://hooks.example.com' } });
    const ask = async (host: string, accept: string) =>
      (await world.app.http.inject({ url: '/', headers: { host, accept } })).body;
    assert.match(await ask('evil.example:8080', '*/*'), /does not answer to the host name `evil\.example`\. Set/);
    assert.match(await ask('evil.example', 'text/html'), /the host name <code>evil\.example<\/code>\. Set/);
    for (const host of ['<script>alert(1)</script>', 'a`b', '[x](/)', `${'a'.repeat(300)}.example`])
      for (const accept of ['*/*', 'text/html']) assert.match(await ask(host, accept), /to this host name\. Set/);
  });

  it('answer to any bare address, which nobody can make point elsewhere', async () => {
    await using world = await aWorld({ environment: { PUBLIC_URL: 'https://hooks.example.com' } });
    const port = world.printed.join('\n').match(/127\.0\.0\.1:(\d+)/)?.[1] ?? '';
    assert.equal(await statusFor(port, `10.1.2.3:${port}`, '/readyz'), 200);
    assert.equal(await statusFor(port, `[fd00::1]:${port}`, '/metrics'), 200);
  });

  it('say that the journal takes no deliveries without naming a path, and write for many who ask only once', async () => {
    let pings = 0;
    await using world = await aWorld({
      journal: async (folder) => {
        const journal = await openJournal({ path: join(folder, 'journal.db') });
        return {
          ...journal,
          ping: async () => {
            pings++;
            throw new AppError(503, 'journal_full', `The disk that holds \`${folder}\` is full.`);
          },
        };
      },
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => (await fetch(`${world.publicUrl}/readyz`)).text()),
    );
    assert.equal(pings, 1);
    for (const answer of answers) {
      assert.match(answer, /takes no deliveries \(journal full\)/);
      assert.ok(!answer.includes(world.folder));
    }
  });

  it('send a policy under which nothing of a payload can run', async () => {
    await using world = await aWorld();
    const policy = (await fetch(world.publicUrl)).headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self';/);
    assert.doesNotMatch(policy, /script-src[^;]*unsafe/);
  });

  it('describe every path in OpenAPI', async () => {
    await using world = await aWorld();
    const { json } = await world.call<{ openapi: string; paths: Record<string, object> }>('/api/v1/openapi.json');
    assert.match(json.openapi, /^3\.1/);
    for (const path of [
      '/commands',
      '/channels/{channel}/messages',
      '/endpoints',
      '/events',
      '/events/{id}',
      '/events/{id}/replay',
      '/preview',
      '/gallery',
      '/live',
    ])
      assert.ok(json.paths[`/api/v1${path}`], path);
  });

  it('describe every answer in OpenAPI, mistakes too, and name every operation', async () => {
    await using world = await aWorld();
    const { json } = await world.call<{ paths: Record<string, Record<string, Operation>> }>('/api/v1/openapi.json');
    const operations = Object.entries(json.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );
    assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
    for (const { name, operation } of operations) {
      const { '4XX': mistake, '5XX': failure, ...answers } = operation.responses;
      for (const answer of [mistake, failure])
        assert.match(JSON.stringify(answer), /"\$ref":"#\/components\/schemas\/Mistake"/, name);
      const schemas = Object.values(answers).flatMap(({ content = {} }) => Object.values(content));
      assert.ok(schemas.length > 0, name);
      for (const { schema } of schemas) assert.deepEqual(undescribed(schema), [], name);
    }
  });

  it('report every mistake as a code and a sentence', async () => {
    await using world = await aWorld();
    const failures = [
      await world.call<{ code: string; message: string }>('/api/v1/events/999'),
      await world.call<{ code: string; message: string }>('/api/v1/events?state=lost'),
      await world.call<{ code: string; message: string }>('/api/v1/nothing'),
      await world.call<{ code: string; message: string }>('/api/v1/gallery?provider=nobody'),
      await world.call<{ code: string; message: string }>('/api/v1/preview', {
        method: 'POST',
        body: { provider: 'nobody' },
      }),
      await world.call<{ code: string; message: string }>('/api/v1/commands', { method: 'POST', body: {} }),
    ];
    assert.deepEqual(
      failures.map(({ status }) => status),
      [404, 400, 404, 404, 404, 400],
    );
    for (const { json } of failures) assert.match(`${json.code} ${json.message}`, /^[a-z_]+ .+\.$/);
  });
});

describe('secrets', () => {
  it('are in no log, no history, no audit and no answer but the one that made them', async () => {
    const lines: string[] = [];
    await using world = await aWorld({ log: (line) => lines.push(line) });
    const endpoint = await world.endpoint('github', 'in #ops');
    const token = new URL(endpoint.url).pathname.split('/').at(-1) ?? '';
    await world.deliver(endpoint, aPush());
    await world.deliver(endpoint, { ...aPush(), secret: 'another' });
    await fetch(`${endpoint.url}?x=1`);
    await world.settled();
    const answers = await Promise.all(
      ['/endpoints', '/events', '/events/1', '/refusals', '/channels/ops/messages'].map(async (path) =>
        JSON.stringify((await world.call(`/api/v1${path}`)).json),
      ),
    );
    for (const command of ['list', 'show github', 'history', 'event 1', 'why 1', 'mutes', 'failed'])
      answers.push(JSON.stringify(await world.type(`/webhook ${command}`)));
    const settings = await readFile(join(world.folder, 'settings.json'), 'utf8');
    const journal = await readFile(join(world.folder, 'journal.db'), 'latin1');
    for (const secret of [token, endpoint.secret]) {
      for (const text of [...lines, ...answers, settings, journal])
        assert.ok(!text.includes(secret), text.slice(0, 300));
    }
    assert.ok(lines.length > 0);
  });
});

async function signIn({ publicUrl, printed }: World): Promise<string> {
  const code = printed.join('\n').match(/code=(\S+)/)?.[1];
  const response = await fetch(`${publicUrl}/sign-in?code=${code}`, { redirect: 'manual' });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function statusFor(port: string, host: string, path = '/api/v1/session'): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => resolve(response.resume().statusCode))
    .on('error', reject)
    .end();
  return promise;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

interface Schema {
  readonly required?: readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Where a description says nothing at all of what stands there. */
function undescribed(schema: Schema | undefined, path = ''): readonly string[] {
  if (!schema || Object.keys(schema).length === 0) return [path];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => undescribed(property, `${path}.${name}`)),
    ...(schema.items ? undescribed(schema.items, `${path}[]`) : []),
  ];
}
