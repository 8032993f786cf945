import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aPush, aWorld } from '../world.ts';

describe('an endpoint that is paused', () => {
  it('keeps its deliveries, posts nothing, and gives a digest when it is resumed', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops as api');
    const paused = await world.type('/webhook disable api because "we move"');
    assert.match(paused.text, /paused api.*nothing is posted until somebody resumes it/);
    assert.equal((await world.type('/webhook pause api')).data.code, 'already_there');
    const before = (await world.messages()).length;
    for (const by of ['octocat', 'hubot']) assert.equal((await world.deliver(endpoint, aPush({ by }))).status, 202);
    await world.settled();
    assert.equal((await world.messages()).length, before);
    assert.equal((await world.events()).length, 2);
    const [event] = await world.events();
    assert.match((await world.type(`/webhook why ${event?.id}`)).text, /until somebody resumes it/);
    assert.match((await world.type('/webhook mutes')).text, /everything until somebody resumes it/);

    assert.match((await world.click(paused, /^Resume$/)).text, /resumed api/);
    await world.settled();
    const digest = JSON.stringify(await world.messages());
    assert.match(digest, /Resumed: 2 events held/);
    assert.match(digest, /2 × push/);
    assert.equal((await world.type('/webhook enable api')).data.code, 'not_paused');
    await world.deliver(endpoint, aPush({ by: 'monalisa' }));
    await world.settled();
    assert.match((await world.messages()).at(-1)?.text ?? '', /monalisa/);
  });
});
