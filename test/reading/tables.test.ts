import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWhole } from './read-whole.ts';

const alerts = [
  { id: 1, name: 'Disk', host: 'db-1', status: 'firing', value: 97, team: 'data', url: 'https://mon.example/1' },
  { id: 2, name: 'Memory', host: 'db-1', status: 'resolved', value: 40, team: 'data', url: 'https://mon.example/2' },
  { id: 3, name: 'Load', host: 'db-2', status: 'firing', value: 12, team: 'data', url: 'https://mon.example/3' },
];

describe('a list of like things', () => {
  it('is a table of what differs, each linked', () => {
    const { message } = readWhole({ title: 'Three alerts', alerts });
    const [head, , first] = message.body.split('\n');
    assert.equal(head, '| Name | Host | Status | Value |');
    assert.equal(first, '| [Disk](<https://mon.example/1>) | db\\-1 | firing | 97 |');
    assert.doesNotMatch(message.body, /data/);
  });

  it('is a list where only one thing differs', () => {
    const { message } = readWhole({
      title: 'Broken lamps',
      lamps: [{ name: 'Hall' }, { name: 'Attic' }, { name: 'Cellar' }],
    });
    assert.match(message.body, /^- Hall\n- Attic\n- Cellar$/m);
  });

  it('makes its event as severe as its most severe row, where nothing else says so', () => {
    assert.equal(readWhole({ title: 'Alerts', alerts }).severity, 'critical');
    assert.equal(readWhole({ title: 'Alerts', state: 'resolved', alerts }).severity, 'good');
  });

  it('is a table too where its sender writes names in place of a list', () => {
    const { message } = readWhole({ title: 'Checks', checks: { disk: { status: 'ok' }, load: { status: 'failed' } } });
    assert.match(message.body, /disk.*ok/);
    assert.match(message.body, /load.*failed/);
  });

  it('is fields where it only holds names and values', () => {
    assert.deepEqual(
      readWhole({
        title: 'Lamp',
        fields: [
          { name: 'Room', value: 'Hall' },
          { name: 'Watts', value: 40 },
        ],
      }).fields,
      ['Room: Hall', 'Watts: 40'],
    );
  });

  it('is not shown for labels, people and parts of how something is described', () => {
    const { message } = readWhole({
      title: 'Lamp',
      labels: [
        { name: 'a', color: 'red' },
        { name: 'b', color: 'blue' },
      ],
      reviewers: [{ login: 'ada' }, { login: 'bob' }],
    });
    assert.doesNotMatch(message.body, /\|/);
  });
});
