import assert from 'node:assert/strict';
import { it } from 'node:test';
import { takesLong } from '../runs.ts';
import { chaos } from './chaos.ts';

it('every accepted event is shown once and in order, though Bellhop is killed and chats fail', {
  skip: takesLong,
}, async () => {
  const { summary, findings } = await chaos({ events: 60, channels: 12, killEvery: 25, timeouts: 0, pace: 100 });
  assert.deepEqual(findings, []);
  assert.equal(summary, '60 accepted, 2 kills: 0 lost, 0 twice');
});

it('every event that one of several nodes accepted is shown once and in order, though a node is killed and the database is restarted', {
  skip: takesLong,
}, async () => {
  const { summary, findings } = await chaos({
    events: 40,
    channels: 12,
    killEvery: 25,
    timeouts: 0,
    pace: 100,
    cluster: true,
  });
  assert.deepEqual(findings, []);
  assert.equal(summary, '40 accepted, 1 kills: 0 lost, 0 twice');
});
