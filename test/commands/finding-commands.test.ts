import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCommandWorld, ann, bob, failureOf } from '../doubles/command-world.ts';

describe('the command that somebody needs', () => {
  it('stands first in help: new, test, list, show, mute, why, history', async () => {
    const { say, run } = await aCommandWorld();
    const { message } = await say('webhook help');
    const order = [...message.body.matchAll(/^- `\/webhook ([\w-]+)`/gm)].map(([, name]) => name);
    assert.deepEqual(order.slice(0, 7), ['new', 'test', 'list', 'show', 'mute', 'why', 'history']);
    assert.ok(order.indexOf('menu') > order.indexOf('help'));
    const found = await run.complete({ command: 'help', option: 'command', typed: '', caller: ann });
    assert.deepEqual(
      found.slice(0, 3).map(({ value }) => value),
      ['new', 'test', 'list'],
    );
    const [button] = (await say('help mute')).message.actions;
    assert.ok(button && 'command' in button && button.command === 'mute');
  });

  it('is found by what people mean to do', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    const { token } = await anEndpoint();
    assert.ok((await say('url api')).message.body.includes(token));
    assert.match((await say('secret api')).message.title?.text ?? '', /^api$/);
    assert.match((await say('stats')).message.title?.text ?? '', /1 endpoint/);
    assert.match((await say('export')).message.body, /bellhop backup/);
    assert.match((await say('edit api')).message.body, /./);
    assert.equal(failureOf(await say('edit api bogus=1')).code, 'unknown_option');
    await say('disable api');
    assert.equal(settings.current.mutes[0]?.paused, true);
  });

  it('completes samples, choices and sources of the endpoint or provider it names', async () => {
    const { run, anEndpoint, anEvent } = await aCommandWorld();
    const api = await anEndpoint();
    const web = await anEndpoint('new github in #ops as web');
    await anEvent(api, { source: 'acme/api' });
    await anEvent(web, { source: 'acme/web' });
    const complete = async (command: string, option: string, given: Record<string, string>) =>
      (await run.complete({ command, option, typed: '', given, caller: ann })).map(({ value }) => value);
    assert.deepEqual(await complete('mute', 'source', { endpoint: 'web' }), ['acme/web']);
    assert.ok((await complete('new', 'choices', { provider: 'generic' })).some((value) => value.startsWith('header=')));
    assert.deepEqual(await complete('new', 'choices', { provider: 'nobody' }), []);
  });

  it('lists endpoints as people count', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    for (const name of ['api-10', 'api-9', 'api-2']) await anEndpoint(`new github in #ops as ${name}`);
    const names = [...(await say('list')).message.body.matchAll(/api\\?-(\d+)/g)].map(([, number]) => number);
    assert.deepEqual(names, ['2', '9', '10']);
  });
});

describe('/webhook owner', () => {
  it('adds and removes owners, and leaves one', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    assert.equal(failureOf(await world.say('owner add api bob', bob)).code, 'forbidden');
    assert.equal(failureOf(await world.say('owner remove api ann')).code, 'last_owner');
    assert.match((await world.say('owner add api bob')).message.body, /is an owner of `api`/);
    assert.deepEqual(world.settings.current.endpoints[0]?.owners, ['local:ann', 'local:bob']);
    assert.match((await world.say('owner remove api ann', bob)).message.body, /is no longer an owner/);
    assert.deepEqual(world.settings.current.endpoints[0]?.owners, ['local:bob']);
  });

  it('says who owns an endpoint where nobody is named, and how that is changed', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    for (const line of ['owner api', 'owners api', 'owner list api']) {
      const { message, data } = await world.say(line);
      assert.match(message.body, /`ann`.*\n\n`\/webhook owner add api @ada` adds one/s);
      assert.deepEqual(data, { owners: ['local:ann'] });
    }
    assert.deepEqual((await world.say('owner add api')).form?.ask, ['action', 'person']);
    assert.match((await world.say('owner ad api bob')).message.body, /Did you mean `add`/);
  });
});

describe('/webhook template', () => {
  it('lists those of an endpoint that is named alone, and shows that of a type', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    assert.match((await world.say('template api')).message.title?.text ?? '', /Templates of api/);
    assert.deepEqual(await world.say('template push'), await world.say('template show push'));
    assert.match((await world.say('template edti push')).message.body, /Did you mean `edit`/);
  });
});
