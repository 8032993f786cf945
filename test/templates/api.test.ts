import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';

interface Text {
  readonly source: string;
  readonly version: string;
  readonly maySave: boolean;
  readonly origin: { readonly kind: string; readonly file?: string; readonly scope?: string; readonly by?: string };
}

interface Saved extends Text {
  readonly message: string;
  readonly proposed: boolean;
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

const NEW = '{{title sender.login "threw" (plural commits "commit")}}';

describe('templates by the API', () => {
  let world: World;
  let endpoint: Endpoint;
  const get = async <T>(path: string) => (await world.call<T>(`/api/v1/templates${path}`)).json;
  const send = <T>(method: string, path: string, body: object) =>
    world.call<T>(`/api/v1/templates${path}`, { method, body: { endpoint: 'api', type: 'push', ...body } });

  before(async () => {
    world = await aWorld();
    endpoint = await world.endpoint('github', 'in #ops as api');
    for (const message of ['Fix the door', 'Paint the wall']) await world.deliver(endpoint, aPush({ message }));
    await world.settled();
  });
  after(() => world[Symbol.asyncDispose]());

  it('are listed by type, those that came first', async () => {
    const { provider, templates } = await get<{
      provider: string;
      templates: { type: string; origin: Text['origin']; lastEventAt: string | null }[];
    }>('?endpoint=api');
    const [first, second] = templates;
    assert.deepEqual(
      [provider, first?.type, first?.origin],
      ['github', 'push', { kind: 'shipped', file: 'templates/github/push.hbs' }],
    );
    assert.ok(first?.lastEventAt);
    assert.equal(second?.lastEventAt, null);
  });

  it('are checked with line, column and what was meant', async () => {
    const { json } = await send<{ problems: object[] }>('POST', '/check', {
      source: '{{title sender.logn}}{{titel ref}}',
    });
    assert.deepEqual(json.problems, [
      {
        level: 'mistake',
        message: 'There is no helper `titel`. Did you mean `title`?',
        line: 1,
        column: 24,
        end: { line: 1, column: 29 },
        instead: 'title',
      },
      {
        level: 'doubt',
        message: 'None of the events checked has `sender.logn`. Did you mean `sender.login`?',
        line: 1,
        column: 9,
        end: { line: 1, column: 20 },
        instead: 'sender.login',
      },
    ]);
  });

  it('are previewed on real events, before and after, as each chat would be sent them', async () => {
    const { json } = await send<{
      previews: {
        event: { title: string };
        changed: boolean;
        before: Record<string, unknown> & { text: string };
        after: Record<string, unknown> & { text: string; template: string };
      }[];
    }>('POST', '/preview', { source: NEW });
    assert.deepEqual(
      json.previews.map(({ event, changed, before, after }) => [event.title, changed, before.text, after.text]),
      ['Paint the wall', 'Fix the door'].map((words) => {
        const line = `octocat pushed to main: ${words}`;
        return [line, true, line, 'octocat threw 1 commit'];
      }),
    );
    assert.match(JSON.stringify(json.previews[0]?.after.slack), /octocat threw 1 commit/);
    assert.match(JSON.stringify(json.previews[0]?.after.discord), /octocat threw 1 commit/);
    assert.deepEqual(await world.messages('general'), []);
  });

  it('are saved upon a version, refused upon an old one, and undone', async () => {
    const first = await get<Text>('/text?endpoint=api&type=push');
    assert.equal(first.origin.kind, 'shipped');
    const saved = await send<Saved>('PUT', '/text', { source: NEW, version: first.version });
    assert.deepEqual([saved.status, first.maySave, saved.json.proposed], [200, true, false]);
    assert.deepEqual(
      [saved.json.source, saved.json.origin.kind, saved.json.origin.scope],
      [NEW, 'changed', 'endpoint'],
    );
    const late = await send<Failure>('PUT', '/text', { source: '{{title "Mine"}}', version: first.version });
    assert.deepEqual([late.status, late.json.code], [409, 'template_changed']);
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.equal((await world.messages()).at(-1)?.text, 'octocat threw 1 commit');
    const undone = await send<Text>('POST', '/undo', {});
    assert.equal(undone.json.origin.kind, 'shipped');
    const { revisions, file } = await get<{ revisions: { revision: number; source: string | null }[]; file: Text }>(
      '/history?endpoint=api&type=push',
    );
    assert.deepEqual(
      revisions.map(({ revision, source }) => [revision, source]),
      [
        [2, null],
        [1, NEW],
      ],
    );
    assert.equal(file.source, first.source);
    assert.deepEqual((await send<Failure>('POST', '/reset', {})).json.code, 'nothing_to_undo');
  });

  it('have scopes: a route of their own, and everyone', async () => {
    const { json } = await world.call<{ endpoints: { routes: { id: string }[] }[] }>('/api/v1/endpoints');
    const route = json.endpoints[0]?.routes[0]?.id ?? assert.fail();
    const saved = await send<Text>('PUT', '/text', { source: '{{title "Here"}}', scope: 'route', route });
    assert.deepEqual([saved.status, saved.json.origin.scope], [200, 'route']);
    assert.equal((await get<Text>('/text?endpoint=api&type=push')).origin.kind, 'shipped');
    assert.equal(
      (await send('PUT', '/text', { source: '{{title "Here"}}', scope: 'route', route: 'none' })).status,
      404,
    );
    assert.equal(
      (await send<Text>('PUT', '/text', { source: '{{title "All"}}', type: '*', scope: 'everyone' })).status,
      200,
    );
    await send('POST', '/reset', { scope: 'route', route });
    await send('POST', '/reset', { type: '*', scope: 'everyone' });
  });

  it('are refused with what is wrong: a mistake, a text of 100 KB, an endpoint that is not there', async () => {
    const wrong = await send<Failure>('PUT', '/text', { source: '{{titel ref}}' });
    assert.deepEqual([wrong.status, wrong.json.code], [422, 'template_problem']);
    assert.match(wrong.json.message, /Did you mean title\?/);
    const large = await send<Failure>('PUT', '/text', { source: 'x'.repeat(100_000) });
    assert.equal(large.status, 422);
    assert.match(large.json.message, /longer than 65,536 characters/);
    assert.equal((await send('PUT', '/text', { source: 'x', endpoint: 'nobody' })).status, 404);
  });

  it('can be completed: paths that events had without their secrets, helpers with their values, variables, partials', async () => {
    const { payload, headers } = aPush({ message: 'With a secret' });
    await world.deliver(endpoint, { headers, payload: { ...payload, deploy_password: 'hunter2-hunter2' } });
    await world.settled();
    const words = await get<{
      paths: { path: string; kind: string; example: string }[];
      helpers: { name: string; named: object[]; words: string[] }[];
      variables: string[];
      partials: string[];
    }>('/completion?endpoint=api&type=push');
    assert.deepEqual(
      words.paths.find(({ path }) => path === 'repository.full_name'),
      { path: 'repository.full_name', kind: 'value', example: 'acme/api' },
    );
    const time = words.helpers.find(({ name }) => name === 'time');
    assert.deepEqual(time?.named, [{ name: 'style', kind: 'word', words: ['datetime', 'date', 'time', 'relative'] }]);
    assert.ok(!JSON.stringify(words).includes('hunter2'));
    assert.ok(words.paths.some(({ path }) => path === 'deploy_password'));
    assert.ok(words.variables.includes('@about') && words.partials.includes('commit-list'));
  });
});
