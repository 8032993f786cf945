import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Trial } from '../../src/core/command/desks/rule-desk.ts';
import { aPush, aWorld } from '../world.ts';

it('a change is tried by the API, and nothing is saved', async () => {
  await using world = await aWorld();
  const api = await world.endpoint('github', 'in #ops as api');
  for (const by of ['octocat', 'dependabot[bot]', 'dependabot[bot]']) await world.deliver(api, aPush({ by }));
  await world.settled();
  const attempt = (body: object) =>
    world.call<{ text: string; trial: Trial; code?: string; message?: string }>('/api/v1/try', {
      method: 'POST',
      body,
    });

  const { status, json } = await attempt({ text: '/webhook route api add #ops not=actor:*[bot]', days: 2 });
  assert.equal(status, 200);
  assert.deepEqual([json.trial.before.posted, json.trial.after.posted, json.trial.lost], [3, 1, 2]);
  assert.match(json.text, /1 message of the last 2 days would be posted instead of 3/);
  const options = { endpoint: 'api', severity: 'critical', when: "about.actor == 'octocat'" };
  assert.equal((await attempt({ command: 'set', options })).json.trial.severities, 1);
  assert.doesNotMatch((await world.type('/webhook rules')).text, /octocat|bot/);

  const refused = await attempt({ text: '/webhook route api add #ops filter="tpye == 1"' });
  assert.deepEqual([refused.status, refused.json.code], [400, 'bad_condition']);
  assert.match(refused.json.message ?? '', /Did you mean `?type/);
  assert.match((await attempt({ text: '/webhook list' })).json.message ?? '', /`list` cannot be tried.*`mute`/);
  assert.deepEqual((({ status, json }) => [status, json.code])(await attempt({ text: '/webhook mute nought' })), [
    404,
    'not_found',
  ]);
  const template = await attempt({
    command: 'template',
    options: { action: 'save', type: 'push', text: '{{title "Push"}}' },
  });
  assert.deepEqual([template.status, template.json.trial.changed], [200, 3], template.json.text);
  await world.type('/webhook set severity=critical when="about.actor == \'octocat\'" endpoint=api');
  await world.type('/webhook mute api type=push for 2h');
  assert.match((await attempt({ text: '/webhook unmute api' })).json.text, /Nothing is saved yet/);
  const [rule] = ((await world.type('/webhook rules')).data.rules ?? []) as { readonly id: string }[];
  const without = await attempt({ text: `/webhook rules api remove=${rule?.id}` });
  assert.equal(without.json.trial?.severities, 1, without.json.message);
  assert.match((await world.type('/webhook mutes')).text, /api/);
  await attempt({ text: '/webhook mute api every weekday 22:00-06:00 zone=Asia/Tokyo' });
  assert.doesNotMatch((await world.type('/webhook audit')).text, /Tokyo/);
});
