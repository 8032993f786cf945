import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Json, templates } from '../render/tell-sample.ts';
import { aWorld, type Endpoint, type World } from '../world.ts';

describe('what trackers send of one thing', () => {
  it('is posted once: an error of Rollbar by its rule, a comment of Jira by itself, a change of ClickUp by what it is', async () => {
    await using world = await aWorld();
    const rollbar = await world.endpoint('rollbar', 'in #errors');
    const item = sampleOf('rollbar', 'new_item');
    const { last_occurrence: occurrence, ...rest } = (item.data as { item: Json }).item;
    await send(world, rollbar, item);
    await send(world, rollbar, { event_name: 'occurrence', data: { item: rest, occurrence } });
    assert.deepEqual(await titles(world, 'errors'), ['New error: ZeroDivisionError: division by zero']);

    const jira = await world.endpoint('jira', 'in #issues');
    const comment = sampleOf('jira', 'comment_created');
    await send(world, jira, comment);
    await send(world, jira, {
      ...comment,
      webhookEvent: 'jira:issue_updated',
      issue_event_type_name: 'issue_commented',
    });
    assert.deepEqual(await titles(world, 'issues'), ['Mona Lisa commented on API-12 Fix the door']);

    const clickup = await world.endpoint('clickup', 'in #tasks secret=0123456789abcdef');
    const moved = sampleOf('clickup', 'taskStatusUpdated');
    await send(world, clickup, moved);
    await send(world, clickup, { ...moved, event: 'taskUpdated' });
    assert.deepEqual(await titles(world, 'tasks'), ['Mona Lisa moved task 1vj38vv to complete']);
  });

  it('is followed: an error that is resolved folds its message, and a change that nobody sees is not posted', async () => {
    await using world = await aWorld();
    const honeybadger = await world.endpoint('honeybadger', 'in #errors');
    await send(world, honeybadger, sampleOf('honeybadger', 'occurred'));
    // A comment stands beside the error, and not in its place.
    await send(world, honeybadger, sampleOf('honeybadger', 'commented'));
    await send(world, honeybadger, sampleOf('honeybadger', 'resolved'));
    const [title, ...others] = await titles(world, 'errors');
    assert.match(title ?? '', /^Mona Lisa resolved NoMethodError/);
    assert.match(others.join(), /^Mona Lisa commented on NoMethodError[^,]*$/);

    const jira = await world.endpoint('jira', 'in #issues');
    const update = sampleOf('jira', 'jira.issue_updated');
    const ranked = { items: [{ field: 'Rank', fieldtype: 'custom', fromString: '', toString: 'Ranked higher' }] };
    await send(world, jira, { ...update, changelog: ranked });
    assert.deepEqual(await titles(world, 'issues'), []);
  });
});

function sampleOf(provider: string, type: string): Json {
  const sample = templates.samples.of(provider).get(type);
  assert.ok(sample, `${provider}/${type}`);
  return JSON.parse(sample.body.toString());
}

async function send(world: World, endpoint: Endpoint, payload: object): Promise<void> {
  assert.equal((await world.deliver(endpoint, { payload, headers: {} })).status, 202);
  await world.settled();
}

/** The first lines of what was posted, oldest first. */
async function titles(world: World, channel: string): Promise<readonly string[]> {
  return (await world.messages(channel)).map(({ message }) => message.title?.text ?? '');
}
