import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NoiseReport } from '../../src/core/command/desks/noise-desk.ts';
import { aPush, aWorld, type Endpoint, type ReplyBody, type World } from '../world.ts';

describe('the noise of a channel', () => {
  let world: World;
  let endpoint: Endpoint;
  before(async () => {
    world = await aWorld();
    endpoint = await world.endpoint('github', 'in #ops as api');
    await world.type('/webhook route api add #ops votes=on repeats=1s');
  });
  after(() => world?.[Symbol.asyncDispose]());

  const reportOf = ({ data }: ReplyBody) => data.report as NoiseReport;
  const weekly = async () => {
    await world.app.relay.reportNoise();
    await world.settled();
    return (await world.messages()).filter(({ message }) => /^Noise in/.test(message.title?.text ?? ''));
  };

  it('of a quiet channel is nothing, and no report is posted in it', async () => {
    const reply = await world.type('/webhook noise');
    assert.match(reply.text, /Nothing was posted here in the last 7 days/);
    assert.deepEqual(await weekly(), []);
  });

  it('is counted by source and actor, with the share that nobody reacted to, and a rule that was tried', async () => {
    for (let index = 0; index < 24; index++)
      await world.deliver(endpoint, aPush({ repository: 'acme/web', by: 'renovate[bot]', message: `Update ${index}` }));
    for (let index = 0; index < 6; index++)
      await world.deliver(endpoint, aPush({ repository: 'acme/api', by: 'octocat', message: `Fix door ${index}` }));
    await world.settled();

    const report = reportOf(await world.type('/webhook noise'));
    assert.deepEqual([report.messages, report.noticed], [30, 0]);
    const source = report.lines.find(({ kind }) => kind === 'source');
    assert.deepEqual([source?.what, source?.count, source?.ignored], ['acme/web', 24, 24]);
    const actor = report.lines.find(({ kind }) => kind === 'actor');
    assert.deepEqual([actor?.what, actor?.count], ['renovate[bot]', 24]);
    const { trial } = actor?.proposal ?? {};
    assert.deepEqual([trial?.before.posted, trial?.after.posted, trial?.lost], [30, 6, 24]);
  });

  it('is less what somebody used or voted for, of each person once', async () => {
    const messages = await world.messages();
    const fixes = messages.filter(({ text }) => /octocat/.test(text));
    const [first, second] = [fixes[0], fixes[1]];
    assert.ok(first && second);
    assert.ok(first.message.actions.some(({ label }) => label === '👍'));
    await world.click(first, /Show payload/);
    await world.click(first, /Why did I see this/);
    await world.click(second, /👎/);
    await world.click(second, /👍/);
    await world.click(second, /👍/, { user: 'Ann' });
    await world.click(messages[0] ?? first, /Fewer like this/);
    const report = reportOf(await world.type('/webhook noise'));
    assert.deepEqual([report.noticed, report.votes], [2, { up: 2, down: 0 }]);
  });

  it('is posted weekly, and hidden by a click on what was proposed', async () => {
    const [notice, ...more] = await weekly();
    assert.equal(more.length, 0);
    assert.match(notice?.message.body ?? '', /30 messages in the last 7 days\. Nobody reacted to 93 % of them/);
    assert.match(notice?.message.body ?? '', /renovate/);
    assert.ok(notice);
    const hidden = await world.click(notice, /what renovate/);
    assert.match(hidden.text, /is hidden from now on/);
    await world.deliver(endpoint, aPush({ repository: 'acme/web', by: 'renovate[bot]' }));
    await world.settled();
    const report = reportOf(await world.type('/webhook noise'));
    assert.equal(report.messages, 30);
    assert.deepEqual(report.hidden, [{ endpoint: 'api', when: "about.actor == 'renovate[bot]'", count: 1 }]);
    assert.equal(report.lines.find(({ kind }) => kind === 'actor')?.proposal, undefined);
  });

  it('is not posted in a channel whose people want no report', async () => {
    const before = (await weekly()).length;
    assert.match((await world.type('/webhook noise weekly=off')).text, /no weekly report/);
    assert.equal((await weekly()).length, before);
    assert.match((await world.type('/webhook noise weekly=on')).text, /every Monday/);
    assert.equal((await weekly()).length, before + 1);
    assert.equal((await world.type('/webhook noise days=99')).data.field, 'days');
  });

  it('votes go where their route no longer asks for them', async () => {
    await world.type('/webhook route api add #ops votes=off');
    await world.deliver(endpoint, aPush({ by: 'mona' }));
    await world.settled();
    const last = (await world.messages()).at(-1);
    assert.equal(
      last?.message.actions.some(({ label }) => label === '👍'),
      false,
    );
  });
});
