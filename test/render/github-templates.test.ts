import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { runs } from '../runs.ts';
import { compose, isObject, type Json, providers, tell, templates } from './tell-sample.ts';

const samples = templates.samples.of('github');
const line = (type: string, change: Json = {}) => tell('github', type, change).title?.text;
const NOBODY = { sender: null, pusher: null };

describe("GitHub's messages", () => {
  it('keep their sentence when nobody is known to have done it', () => {
    assert.equal(
      line('issues', { ...NOBODY, action: 'closed' }),
      'Somebody closed #7 The door opens by itself at night',
    );
    assert.equal(line('delete', NOBODY), 'Somebody deleted branch fix-door of api');
    for (const [type, { body }] of samples) {
      const named = line(type) ?? '';
      const actor = JSON.parse(body.toString()).sender?.login;
      const unnamed = line(type, NOBODY) ?? '';
      if (named.startsWith(`${actor} `))
        assert.match(unnamed, new RegExp(`^(?:Somebody|[\\w-]+)${escaped(named.slice(actor.length))}$`), type);
      else assert.equal(unnamed, named, type);
    }
  });

  it('fit on one line of eighty characters, and are never the name of an event', () => {
    for (const type of samples.keys()) {
      const text = line(type) ?? '';
      assert.ok(text.length <= 85 && !/[_\n]|undefined/.test(text), `${type}: ${text}`);
    }
  });

  it('say why GitHub Pages could not be built', () => {
    const build = { status: 'errored', error: { message: 'Something went wrong.' } };
    assert.equal(line('page_build', { build }), 'GitHub Pages of api failed: Something went wrong.');
  });

  it('are as serious as the rule of an alert, until it is over', () => {
    const severity = (rule: Json, change: Json = {}) =>
      tell('github', 'code_scanning_alert', { ...change, alert: { state: 'open', rule, ...alertOf(change) } }).severity;
    const level = (severity: string, security_severity_level: string | null = null) => ({
      severity,
      security_severity_level,
    });
    assert.deepEqual(
      ['note', 'none', 'warning', 'error'].map((name) => severity(level(name))),
      ['info', 'info', 'warning', 'critical'],
    );
    assert.deepEqual([severity(level('note', 'high')), severity(level('error', 'low'))], ['critical', 'info']);
    assert.equal(severity(level('error'), { action: 'fixed' }), 'good');
    assert.equal(severity(level('error'), { action: 'reopened_by_user' }), 'critical');
    assert.equal(severity(level('error'), { alert: { state: 'dismissed' } }), 'good');
  });

  it('name a new deploy key, and warn of one that may write', () => {
    const key = (read_only: boolean) => tell('github', 'deploy_key', { key: { read_only } });
    assert.deepEqual(
      [key(false), key(true)].map(({ title, severity }) => [title?.text, severity]),
      [
        ['mona added deploy key ci runner (may write) to api', 'warning'],
        ['mona added deploy key ci runner (read only) to api', 'info'],
      ],
    );
  });

  it('name the branch whose protection is gone, and warn of it', () => {
    const { title, severity } = tell('github', 'branch_protection_rule', { action: 'deleted' });
    assert.deepEqual([title?.text, severity], ['mona deleted the protection of branch main of api', 'warning']);
  });

  it('say which team may use which repository', () => {
    assert.equal(line('team'), 'mona gave team Doors access to acme/api');
    assert.equal(
      line('team', { action: 'removed_from_repository' }),
      'mona removed the access of team Doors to acme/api',
    );
    assert.equal(line('team', { action: 'created' }), 'mona created team Doors of acme');
  });

  it('say what happened to a thing that no template knows', () => {
    const sample = samples.get('default');
    assert.ok(sample);
    const headers = { ...sample.headers, 'x-github-event': 'door_chain' };
    const payload = { action: 'locked_by_owner', door_chain: { name: 'Brass' }, sender: { login: 'mona' } };
    assert.equal(compose({ ...sample, headers }, payload).message.title?.text, 'mona locked by owner door chain Brass');
  });

  it('draw the emoji that people named in a commit', () => {
    const commits = [{ id: 'a'.repeat(40), message: ':sparkles: Add `:bug:`, not at 10:100:20' }];
    assert.equal(
      line('push', { commits, head_commit: commits[0] ?? {} }),
      'octocat pushed to main of api: ✨ Add `:bug:`, not at 10:100:20',
    );
  });

  it('are sentences for any payload whatever', () => {
    const types = [...samples.keys()];
    const words = fc.constantFrom(
      'action',
      'alert',
      'sender',
      'login',
      'repository',
      'name',
      'rule',
      'title',
      'number',
      'ref',
    );
    const payloads = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(fc.oneof(words, fc.constantFrom(...types)), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(payloads, fc.constantFrom(...samples.values()), (payload, sample) => {
        const { message, problems } = compose(sample, isObject(payload) ? payload : { action: payload });
        assert.deepEqual(problems, []);
        assert.match(message.title?.text ?? '', /^\S[^\r\n]*$/);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('GitHub events that say what another says', () => {
  it('are quiet where a thing was opened with what they add', () => {
    const issue = (updated_at: string) => ({ number: 7, title: 'x', created_at: '2026-03-02T10:00:00Z', updated_at });
    const [together, later] = ['2026-03-02T10:00:04Z', '2026-03-02T10:05:00Z'].map(issue);
    for (const action of ['labeled', 'milestoned'])
      assert.equal(quiet('issues', { action, issue: together }), 'its `opened` event already says this');
    assert.equal(quiet('issues', { action: 'labeled', issue: later }), undefined);
    assert.equal(quiet('issues', { action: 'assigned', issue: together }), undefined);
    assert.equal(
      quiet('pull_request', { action: 'labeled', pull_request: together }),
      'its `opened` event already says this',
    );
  });

  it('are quiet where they are of a branch that the merge queue made', () => {
    const ref = 'gh-readonly-queue/main/pr-7-287d30540ac5a1acc57d0bdc138fa81dee315f48';
    for (const [type, name] of [
      ['push', `refs/heads/${ref}`],
      ['create', ref],
      ['delete', ref],
    ] as const)
      assert.equal(quiet(type, { ref: name }), 'the merge queue makes and deletes this branch by itself');
    const none = { ...NOBODY, pusher: { name: 'none' }, deleted: true, ref: `refs/heads/${ref}` };
    assert.equal(line('push', none), `Somebody deleted branch ${ref} of api`);
  });
});

/** Why nobody wants to hear of a sample in which something is different. */
function quiet(type: string, change: Json = {}): string | undefined {
  const sample = samples.get(type);
  assert.ok(sample, type);
  const body = Buffer.from(JSON.stringify({ ...JSON.parse(sample.body.toString()), ...change }));
  const delivery = parseDelivery({ ...sample, url: '', body, query: {}, receivedAt: new Date(0), remoteAddress: '' });
  return providers.get('github')?.quiet?.({ ...delivery, type });
}

function alertOf({ alert }: Json): Json {
  return isObject(alert) ? alert : {};
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
