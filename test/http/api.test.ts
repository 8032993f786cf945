import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';

interface Mistake {
  readonly code: string;
  readonly message: string;
}

describe('the API', () => {
  let world: World;
  let acme: Endpoint;
  before(async () => {
    world = await aWorld();
    acme = await world.endpoint('github', 'in #ops as acme');
    for (let count = 0; count < 3; count++) await world.deliver(acme, aPush());
    await world.settled();
  });
  after(() => world[Symbol.asyncDispose]());

  const get = async <T = Mistake>(path: string) => world.call<T>(`/api/v1${path}`);
  const command = (body: object) =>
    world.call<{ ok: boolean; data: { code?: string } | null; text: string }>('/api/v1/commands', {
      method: 'POST',
      body,
    });

  it('says whether a command did what was asked, and why not by its status', async () => {
    const statuses = [];
    for (const text of ['list', 'replay', 'replay 999999', 'replay colour=red', 'nonsense', 'mute acme'])
      statuses.push(await command({ text: `/webhook ${text}` }));
    assert.deepEqual(
      statuses.map(({ status, json: { ok, data } }) => [status, ok, status === 200 ? undefined : data?.code]),
      [
        [200, true, undefined],
        [400, false, 'missing_option'],
        [404, false, 'not_found'],
        [400, false, 'unknown_option'],
        [404, false, 'unknown_command'],
        [409, false, 'confirm'],
      ],
    );
  });

  it('names a query parameter that it does not know, and the one that was meant', async () => {
    const { status, json } = await get('/events?endpiont=acme');
    assert.deepEqual([status, json.code], [400, 'bad_request']);
    assert.equal(json.message, '`endpiont` is not a query parameter of this request. Did you mean `endpoint`?');
    assert.match((await get('/session?a=1')).json.message, /There are none\.$/);
  });

  it('says in its own words what a parameter or a body must be', async () => {
    const wrong = {
      '/events?limit=many': '`limit` must be a number.',
      '/events?limit=0': '`limit` must be at least 1.',
      '/events?before=x': '`before` must be the number of an event.',
      '/posts?state=lost': '`state` must be `due` or `posted` or `held` or `failed` or `dropped`.',
      '/address?try=perhaps': '`try` must be `true` or `false`.',
    };
    for (const [path, message] of Object.entries(wrong)) assert.equal((await get(path)).json.message, message);
    const { json } = await world.call<Mistake>('/api/v1/commands', { method: 'POST', body: { text: 1 } });
    assert.match(json.message, /^The body does not match what this request expects\. See/);
  });

  it('answers in its own words where the framework refuses a request', async () => {
    const headers = { authorization: `Bearer ${world.app.adminToken}` };
    const url = `${world.publicUrl}/api/v1/preview`;
    const plain = { ...headers, 'content-type': 'text/plain' };
    const response = await fetch(url, { method: 'POST', headers: plain, body: 'hello' });
    const { code, message } = (await response.json()) as Mistake;
    assert.deepEqual([response.status, code], [415, 'unsupported_type']);
    assert.match(message, /^Send JSON/);
  });

  it('lists posts, the audit, mutes, messages and refusals in pages', async () => {
    assert.equal((await command({ text: '/webhook mute acme source=acme/api for 2h' })).status, 200);
    assert.equal((await command({ text: '/webhook mute acme source=acme/web for 2h' })).status, 200);
    for (let count = 0; count < 2; count++) await world.deliver(acme, { ...aPush(), secret: 'wrong' });
    for (const [path, list] of [
      ['/posts', 'posts'],
      ['/audit', 'entries'],
      ['/mutes', 'mutes'],
      ['/refusals', 'refusals'],
      ['/channels/ops/messages', 'messages'],
    ] as const) {
      type Page = Readonly<Record<string, readonly { readonly id: string }[]>> & { readonly next?: string };
      const first = (await get<Page>(`${path}?limit=1`)).json;
      const second = (await get<Page>(`${path}?limit=1&before=${first.next}`)).json;
      const ids = [first, second].map((page) => page[list]?.map(({ id }) => id).join());
      assert.ok(ids[0] && ids[1] && ids[0] !== ids[1], `${path}: ${JSON.stringify(ids)}`);
    }
  });

  it('lists endpoints, channels, templates and providers in pages, in the order in which people count', async () => {
    for (const name of ['team-10', 'team-2']) await world.endpoint('github', `in #${name} as ${name}`);
    for (const [path, list, expected] of [
      ['/endpoints', 'endpoints', 'acme team-2 team-10'],
      ['/activity', 'endpoints', 'acme team-2 team-10'],
      ['/channels', 'channels', 'general ops team-2 team-10'],
      ['/templates?endpoint=acme', 'templates', undefined],
      ['/providers', 'providers', undefined],
    ] as const) {
      type Named = { readonly name?: string; readonly endpoint?: string; readonly type?: string };
      type Page = Readonly<Record<string, readonly Named[]>> & { readonly next?: string };
      const toNames = (page: Page) => (page[list] ?? []).map(({ name, endpoint, type }) => name ?? endpoint ?? type);
      const whole = toNames((await get<Page>(path)).json);
      const found = [];
      for (let after: string | undefined = ''; after !== undefined; ) {
        const question = `${path}${path.includes('?') ? '&' : '?'}limit=${expected ? 2 : 40}${after && `&after=${encodeURIComponent(after)}`}`;
        const page: Page = (await get<Page>(question)).json;
        found.push(...toNames(page));
        after = page.next;
      }
      assert.deepEqual(found, whole, path);
      if (expected) assert.equal(found.join(' '), expected, path);
    }
  });

  it('gives one post, and ends a mute', async () => {
    const [post] = (await get<{ posts: { id: string; state: string }[] }>('/posts?state=posted')).json.posts;
    const one = (await get<{ post: object }>(`/posts/${post?.id}`)).json.post;
    assert.deepEqual(one, { ...post, link: null });
    assert.equal((await get('/posts/999999')).status, 404);
    const [mute] = (await get<{ mutes: { id: string; holds: string }[] }>('/mutes?endpoint=acme')).json.mutes;
    assert.match(mute?.holds ?? '', /^source=acme\//);
    const end = () => world.call(`/api/v1/mutes/${mute?.id}`, { method: 'DELETE' });
    const ended = await end();
    assert.deepEqual([ended.status, (await end()).status], [200, 404], JSON.stringify(ended.json));
  });

  it('describes itself with named shapes, examples and its own address', async () => {
    interface Description {
      readonly servers: readonly { readonly url: string }[];
      readonly components: { readonly schemas: Readonly<Record<string, object>> };
    }
    const { json } = await get<Description>('/openapi.json');
    assert.equal(json.servers[0]?.url, world.publicUrl);
    for (const name of ['Event', 'EventDetail', 'Post', 'Mute', 'AuditEntry', 'Reply', 'Mistake'])
      assert.ok(json.components.schemas[name], name);
    const text = JSON.stringify(json);
    assert.ok(text.includes('"$ref":"#/components/schemas/Event"'));
    assert.ok(text.includes('/webhook mute acme for 2h'), text.match(/.{300}"examples?".{300}/)?.[0]);
  });
});
