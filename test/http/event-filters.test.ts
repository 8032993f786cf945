import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aPush, aWorld, type World } from '../world.ts';

describe('the list of events', () => {
  let world: World;
  before(async () => {
    world = await aWorld();
    const generic = await world.endpoint('generic', 'in #general');
    await world.deliver(generic, { payload: { title: 'The boiler is on fire', severity: 'critical' } });
    await world.deliver(generic, { payload: { title: 'The boiler is warm', severity: 'info' } });
    const github = await world.endpoint('github', 'in #general');
    await world.deliver(github, aPush({ message: 'Oil the hinges' }));
    await world.settled();
  });
  after(() => world[Symbol.asyncDispose]());

  for (const { asked, found } of [
    { asked: 'severity=critical', found: ['1'] },
    { asked: 'severity=info&endpoint=generic', found: ['2'] },
    { asked: 'actor=octocat', found: ['3'] },
    { asked: 'actor=octo', found: [] },
    { asked: 'until=2020-01-01T00:00:00Z', found: [] },
    { asked: 'until=2999-01-01T00:00:00Z&severity=critical', found: ['1'] },
    { asked: 'since=2999-01-01T00:00:00Z', found: [] },
  ])
    it(`finds by ${asked} what it names and nothing else`, async () => {
      assert.deepEqual(
        (await world.events(asked)).map(({ id }) => id),
        found,
      );
    });

  it('refuses a severity that does not exist', async () => {
    assert.equal((await world.call('/api/v1/events?severity=loud')).status, 400);
  });
});
