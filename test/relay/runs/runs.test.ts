import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toMessage } from '../../../src/core/message/message.ts';
import { partsOf, withParts } from '../../../src/relay/following/parts.ts';
import type { Delivered } from '../../chats/courses.ts';
import { aChat } from '../../doubles/chat.ts';
import { aWorld } from '../../world.ts';
import { aRun, aWorkflow } from './run-courses.ts';

/** Delivers a run's events to a channel whose route follows it so, and gives back what stands there after each. */
async function tell(events: readonly Delivered[], { provider = 'github', follow = 'auto' } = {}) {
  const chat = aChat();
  await using world = await aWorld({ platforms: [chat.platform] });
  const endpoint = await world.endpoint(provider, 'in chat:#ops as door');
  await world.type(`/webhook route door add chat:#ops follow=${follow}`);
  const steps: { readonly says: string; readonly mark: string; readonly rows: readonly string[] }[][] = [];
  for (const event of events) {
    assert.equal((await world.deliver(endpoint, event)).status, 202);
    await world.settled();
    steps.push(
      chat.standing('ops').map(({ says, message }) => ({
        says,
        mark: message.mark,
        rows: message.body.split('\n').filter((line) => /^\| (?!Job|---)/.test(line)),
      })),
    );
  }
  return steps;
}

describe('a run of GitHub Actions', () => {
  const { run, job } = aRun();
  const course = [
    run('queued'),
    run('in_progress', { minute: 1 }),
    job('build', 'in_progress'),
    job('test', 'queued'),
    job('build', 'completed', { conclusion: 'success', to: 3 }),
    job('test', 'completed', { conclusion: 'failure', from: 3, to: 5 }),
    run('completed', { conclusion: 'failure', minute: 5 }),
  ];

  it('is one message from queued to failed where a route follows it by edits, with its jobs as one table', async () => {
    const steps = await tell(course, { follow: 'edit' });
    assert.deepEqual(
      steps.map((messages) => messages.length),
      [1, 1, 1, 1, 1, 1, 1],
    );
    const [queued, running] = steps;
    assert.match(queued?.[0]?.says ?? '', /^CI is queued on main/);
    assert.match(running?.[0]?.says ?? '', /^CI is running on main/);
    assert.match(steps[4]?.[0]?.says ?? '', /^CI is running on main/);
    assert.deepEqual(steps[4]?.[0]?.rows, ['| build | ✅ success | 2 minutes |', '| test | ⏳ queued |  |']);
    const last = steps.at(-1)?.[0];
    assert.match(last?.says ?? '', /^CI failed on main/);
    assert.equal(last?.mark, 'failed');
    assert.deepEqual(last?.rows, ['| build | ✅ success | 2 minutes |', '| test | ❌ failure | 2 minutes |']);
  });

  it('is one message once it is over where its route leaves that to us, with what its jobs came to', async () => {
    const steps = await tell(course);
    assert.deepEqual(
      steps.map((messages) => messages.length),
      [0, 0, 0, 0, 0, 0, 1],
    );
    assert.deepEqual(steps.at(-1)?.[0]?.rows, [
      '| build | ✅ success | 2 minutes |',
      '| test | ❌ failure | 2 minutes |',
    ]);
  });
});

describe('a workflow of CircleCI', () => {
  it('is one message that has its jobs as a table', async () => {
    const { job, ended } = aWorkflow();
    const steps = await tell([job('build', 'success'), job('test', 'failed', { from: 1, to: 4 }), ended('failed', 4)], {
      provider: 'circleci',
      follow: 'edit',
    });
    const last = steps.at(-1) ?? [];
    assert.equal(last.length, 1);
    assert.deepEqual(last[0]?.rows, ['| build | ✅ success | 1 minute |', '| test | ❌ failed | 3 minutes |']);
  });
});

describe('the table of a run', () => {
  const about = (name: string, state: string, occurredAt: string) => ({
    about: { title: name, occurredAt, part: { name, state } },
  });

  it('shows how each job stands, whichever of its events came last', () => {
    const [early, late] = ['2026-03-02T10:01:00Z', '2026-03-02T10:02:00Z'];
    const newestFirst = [about('test', 'in_progress', early), about('test', 'failure', late)];
    assert.deepEqual(partsOf(newestFirst), [{ name: 'test', state: 'failure' }]);
    const atOnce = [about('test', 'in_progress', early), about('test', 'failure', early)];
    assert.deepEqual(partsOf(atOnce), [{ name: 'test', state: 'failure' }]);
  });

  it('has no more rows than people read, those that failed first', () => {
    const parts = Array.from({ length: 300 }, (_, index) => ({
      name: `job ${index}`,
      state: index === 299 ? 'failed' : 'queued',
    }));
    const { body } = withParts(toMessage({ severity: 'info' }), parts);
    assert.match(body, /\| job 299 \|[^|]*failed/);
    assert.match(body, /and 280 more$/);
  });
});
