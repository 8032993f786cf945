import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { severityOf } from '../../src/core/message/severity.ts';
import { readWhole } from './read-whole.ts';

const severity = (payload: unknown) => readWhole(payload).message.severity;

describe('how serious an event is', () => {
  for (const [said, payload, expected] of [
    ['a conclusion before a status', { name: 'CI', status: 'completed', conclusion: 'failure' }, 'critical'],
    ['a gate before the status of what it guards', { status: 'SUCCESS', gate: { status: 'ERROR' } }, 'critical'],
    ['a result before a state', { name: 'api', state: 'finished', result: 'failed' }, 'critical'],
    ['an outcome before a phase', { job: 'import', phase: 'done', outcome: 'error' }, 'critical'],
    [
      'a part that failed before a whole that was made',
      { order: { status: 'created', payment_status: 'failed' } },
      'critical',
    ],
    ['a flag of success that is not set', { task: 'Import', success: false }, 'critical'],
    ['a flag of success that is set', { task: 'Import', success: true }, 'good'],
    ['a flag written as text', { task: 'Import', ok: 'false' }, 'critical'],
    ['an exit code', { job: 'backup', exit_code: 2 }, 'critical'],
    ['an exit code of zero', { job: 'backup', exit_code: 0 }, 'good'],
    ['the 0 of a monitor', { monitor: { name: 'Shop' }, heartbeat: { status: 0 } }, 'critical'],
    ['the 1 of a monitor', { monitor: { name: 'Shop' }, heartbeat: { status: 1 } }, 'good'],
    ['a success that warns', { backup: { job: 'nightly', status: 'success_with_warnings' } }, 'warning'],
    ['its own level', { message: 'Disk fills up', level: 'warning' }, 'warning'],
    ['the number of a level', { message: 'Disk fills up', level: 50 }, 'critical'],
    ['its type', { event: 'deploy.failed', service: 'api' }, 'critical'],
    ['its words, where it has nothing else', { text: 'Deploy of api failed' }, 'critical'],
    ['an error it tells of', { job: 'import', error: 'permission denied' }, 'critical'],
    [
      'an error it tells of, whatever the type is',
      { type: 'response', error: { message: 'permission denied' } },
      'critical',
    ],
    ['an exception it tells of', { dag: 'etl', task: 'load', exception: "KeyError: 'id'" }, 'critical'],
    [
      'its success, whatever error there was before',
      { job: 'emails', last_error: 'timeout', status: 'succeeded' },
      'good',
    ],
    ['an incident that is open', { incident: { title: 'Slow replies', state: 'open' } }, 'warning'],
    ['a letter that came back', { event: 'bounce', email: 'a@mail.example' }, 'warning'],
    [
      'an alarm that is over, however grave it was',
      { title: 'Disk full', state: 'resolved', severity: 'critical' },
      'good',
    ],
    ['an alarm that somebody looks at', { event: 'alert.acknowledged', alert: { name: 'Disk full' } }, 'warning'],
  ] as const)
    it(`is judged by ${said}: ${expected}`, () => assert.equal(severity(payload), expected));

  it('is neither good nor bad for what was skipped or cancelled', () => {
    for (const result of ['skipped', 'cancelled', 'canceled', 'aborted', 'neutral'])
      assert.equal(severity({ build: { name: 'api', status: 'completed', result } }), 'info', result);
  });

  it('is not good for what is yet to be, or cannot be', () => {
    for (const state of [
      'up_for_retry',
      'waiting for approval',
      'ready_for_review',
      'unable to recover',
      'cannot_complete',
    ])
      assert.notEqual(severity({ dag: 'etl', task: 'load', state }), 'good', state);
    for (const state of ['up', 'recovered', 'completed'])
      assert.equal(severity({ service: 'load', state }), 'good', state);
  });

  it('is not made worse by what is denied or counted as none', () => {
    for (const payload of [
      { message: 'Backup finished with no errors' },
      { name: 'Tests', status: 'passed', failed: 0, errors: 0 },
      { text: 'Import done, 0 failed' },
      { event: 'run.finished', error: null, status: 'ok' },
      { event: 'run.ended', error: 'none' },
      { event: 'run.ended', error: '', error_message: 'n/a', errors: 0 },
      { event: 'run.ended', last: { error: 'timeout' }, previous: { error: 'timeout' } },
    ])
      assert.notEqual(severity(payload), 'critical', JSON.stringify(payload));
  });

  it('is not that of what came before, nor of a person or a place', () => {
    assert.equal(severity({ check: { name: 'Shop', status: 'up', previous_status: 'down' } }), 'good');
    assert.notEqual(
      severity({ title: 'Lamp', user: { status: 'blocked' }, project: { status: 'failed' } }),
      'critical',
    );
  });

  it('does not follow from the name of what people work on', () => {
    const about = { event: 'issue.commented', issue: { title: 'Fix the error in the failed import', status: 'open' } };
    assert.equal(severity(about), 'info');
  });
});

describe('a word', () => {
  it('is as severe as anybody would say', () => {
    for (const [word, expected] of [
      ['CRITICAL', 'critical'],
      ['no_data', 'warning'],
      ['majorOutage', 'critical'],
      ['not ok', 'critical'],
      ['Resolved', 'good'],
      ['not failed', undefined],
      ['cancelled', 'info'],
      ['purple', undefined],
    ] as const)
      assert.equal(severityOf(word), expected, word);
  });
});
