import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import type { HookEvent } from '../../src/core/event/event.ts';
import type { Message } from '../../src/core/message/message.ts';
import { plainText } from '../../src/core/message/tree-text.ts';
import type { Person } from '../../src/core/settings/person.ts';
import { readEvent } from '../../src/reading/read-event.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { loadTemplates } from '../../src/render/templates.ts';

type Json = { [key: string]: unknown };

const { providers, composer } = await loadCatalogue();
const { samples } = await loadTemplates(join(import.meta.dirname, '../../templates'));
const mona: Person = { name: 'Mona', aliases: ['mona'], ids: { slack: 'U1' } };

describe('messages of code hosts', () => {
  it('distinguish the actions of one pull request', () => {
    const thing = '#12 Fix the door that never closes';
    const named = { label: { name: 'bug' }, assignee: { login: 'mona' }, milestone: { title: 'v2' } };
    for (const [change, words] of [
      [{ action: 'opened' }, 'opened'],
      [{ action: 'opened', pull_request: { draft: true } }, 'opened draft'],
      [{ action: 'closed' }, 'closed'],
      [{ action: 'closed', pull_request: { merged: true } }, 'merged'],
      [{ action: 'reopened' }, 'reopened'],
      [{ action: 'synchronize' }, 'pushed to'],
      [{ action: 'ready_for_review' }, 'marked as ready for review:'],
      [{ action: 'review_requested', requested_reviewer: { login: 'mona' } }, 'asked mona to review'],
      [{ action: 'review_requested', requested_team: { name: 'doors' } }, 'asked doors to review'],
      [{ action: 'labeled' }, 'added the label bug to'],
      [{ action: 'unassigned' }, 'unassigned mona from'],
      [{ action: 'milestoned' }, 'added to milestone v2:'],
      [{ action: 'locked' }, 'locked'],
      [{ action: 'archive' }, 'archived'],
    ] as const) {
      assert.equal(tell('github', 'pull_request', { ...named, ...change }).title?.text, `octocat ${words} ${thing}`);
    }
  });

  it('say in one line what a pull request changes, and by whom where that is somebody else', () => {
    const facts = (pull_request: Json) => said(tell('github', 'pull_request', { action: 'closed', pull_request }));
    assert.equal(facts({ merged: true }), 'fix-door → main · +48 −17 in 4 files');
    assert.equal(
      facts({ user: { login: 'mona' }, head: { repo: { full_name: 'mona/api' } } }),
      'mona/api fix-door → main · +48 −17 in 4 files · by mona Closed without merging.',
    );
    assert.equal(facts({ merged: true, head: null, changed_files: 0 }), '');
  });

  it('quote what the author of a pull request wrote', () => {
    const { body } = tell('github', 'pull_request');
    assert.deepEqual(
      parseMarkdown(body).map(({ type }) => type),
      ['paragraph', 'quote'],
    );
  });

  it('say how a run ended, never taking a cancelled one for a failure', () => {
    const run = (conclusion: string) => {
      const { mark, title } = tell('github', 'workflow_run', { workflow_run: { conclusion } });
      return [mark, title?.text];
    };
    assert.deepEqual(run('success'), ['good', 'CI passed on main of api']);
    assert.deepEqual(run('failure'), ['failed', 'CI failed on main of api']);
    assert.deepEqual(run('timed_out'), ['failed', 'CI timed out on main of api']);
    assert.deepEqual(run('cancelled'), ['neutral', 'CI was cancelled on main of api']);
    assert.deepEqual(run('neutral'), ['neutral', 'CI finished: neutral on main of api']);
    assert.equal(
      said(tell('github', 'workflow_run')),
      '“Fix the door that never closes” · a3f9c2e · by octocat · took 5 min 27 s · attempt 2',
    );
  });

  it('say what a push did', () => {
    const line = (change: Json) => tell('github', 'push', change).title?.text;
    const commits = [
      { id: 'a', message: 'Oil the hinge\n\nIt squeaked.', url: 'https://github.com/acme/api/commit/a' },
    ];
    assert.equal(line({ commits, head_commit: null }), 'octocat pushed to main of api: Oil the hinge');
    assert.equal(line({ forced: true }), 'octocat force-pushed 3 commits to main of api');
    assert.equal(line({ commits: [], created: true, ref: 'refs/tags/v1' }), 'octocat created tag v1 of api');
    assert.equal(line({ commits: [], deleted: true, ref: 'refs/heads/try' }), 'octocat deleted branch try of api');
    assert.equal(line({ commits: [], forced: true }), 'octocat force-pushed branch main of api');
  });

  it('say that a push made the branch, and which commit it brought', () => {
    const commits = [{ id: 'a3f9c2e81b7d', message: 'Oil the hinge', url: 'https://github.com/acme/api/commit/a' }];
    const made = tell('github', 'push', { commits, head_commit: null, created: true, ref: 'refs/heads/try' });
    assert.equal(made.title?.text, 'octocat pushed to the new branch try of api: Oil the hinge');
    assert.match(made.body, /a3f9c2e/);
  });

  it('ping the reviewer who was asked, when the event was verified', () => {
    const asked = { action: 'review_requested', requested_reviewer: { login: 'mona' } };
    assert.deepEqual(tell('github', 'pull_request', asked).mentions, [{ name: 'Mona', ids: { slack: 'U1' } }]);
    assert.deepEqual(tell('github', 'pull_request', asked, { verified: false }).mentions, [{ name: 'Mona', ids: {} }]);
  });

  it('ping the author of what was reviewed, but nobody for a review of their own', () => {
    const review = (author: string) =>
      tell('github', 'pull_request_review', { pull_request: { user: { login: author } }, sender: { login: 'mona' } });
    assert.deepEqual(review('mona').mentions, []);
    assert.match(review('octocat').body, /^by octocat$/m);
  });

  it('show what people wrote, however long the comment in the form above it', () => {
    const body = `<!--\n${'Please fill in this form. '.repeat(100)}\n-->\nThe door is open.`;
    assert.equal(tell('github', 'issues', { issue: { body } }).body, '> The door is open.');
  });

  it('do not repeat a comment that was deleted', () => {
    assert.equal(tell('github', 'issue_comment', { action: 'deleted' }).body, '');
    assert.notEqual(tell('github', 'issue_comment').body, '');
  });

  it('list five commits and count the rest', () => {
    const commits = Array.from({ length: 20 }, (_, index) => ({
      id: `${index}`.padStart(40, 'a'),
      message: `Step ${index}\n\nMore.`,
    }));
    const { body, title } = tell('github', 'push', { commits });
    assert.equal(title?.text, 'octocat pushed 20 commits to main of api');
    assert.deepEqual(
      [body.match(/^- /gm)?.length, body.includes('15 more commits'), body.includes('More.')],
      [5, true, false],
    );
  });

  it('warn of a push by force to the branch that everybody builds on', () => {
    assert.equal(tell('github', 'push', { forced: true }).severity, 'warning');
    assert.equal(tell('github', 'push', { forced: true, ref: 'refs/heads/try' }).severity, 'info');
  });

  it('name the steps of a job that failed', () => {
    assert.match(tell('github', 'workflow_job').body, /^- \*\*Run the tests\*\* failed$/m);
    assert.match(tell('gitlab', 'pipeline').body, /^- \*\*unit\*\* failed in test$/m);
  });

  it('say what an update changed', () => {
    const updated = (changes: Json, more: Json = {}) =>
      tell('gitlab', 'merge_request', { object_attributes: { action: 'update', ...more }, changes }).title?.text;
    const thing = '!12 Fix the door that never closes';
    assert.equal(updated({ labels: { previous: [], current: [] } }), `Tux Penguin changed the labels of ${thing}`);
    assert.equal(
      updated({ draft: { previous: true, current: false } }),
      `Tux Penguin marked as ready for review: ${thing}`,
    );
    assert.equal(updated({}, { oldrev: 'a3f9c2e' }), `Tux Penguin pushed to ${thing}`);
  });

  it('name the files of a release, and count them when there are many', () => {
    const files = (count: number) => {
      const assets = Array.from({ length: count }, (_, index) => ({ name: `part${index}` }));
      return tell('github', 'release', { release: { assets } }).body.split('\n')[0];
    };
    assert.deepEqual([files(0), files(2), files(12)], ['`v2.1.0`', '`v2.1.0` · part0, part1', '`v2.1.0` · 12 files']);
  });

  it('leave out what is not there', () => {
    const { body, fields } = tell('github', 'dependabot_alert', {
      alert: { dependency: null, security_vulnerability: null },
    });
    assert.deepEqual([body, fields], ['score 8\\.1', []]);
  });
});

/** What a message's body says, as one line. */
function said({ body }: Message): string {
  return plainText(parseMarkdown(body));
}

/** The message of a sample in which something is different. */
function tell(name: string, type: string, change: Json = {}, { verified = true } = {}): Message {
  const sample = samples.of(name).get(type);
  assert.ok(sample, `${name}/${type}`);
  const body = Buffer.from(JSON.stringify(merge(JSON.parse(sample.body.toString()), change)));
  const event: HookEvent = {
    ...sample,
    body,
    id: '1',
    endpointId: '1',
    deliveryId: '1',
    query: {},
    receivedAt: new Date(),
    remoteAddress: '',
    verification: {},
  };
  const provider = providers.get(name);
  const { incoming, about } = readEvent(event, provider);
  const { message, problems } = composer.compose({
    event: incoming,
    about,
    providerName: name,
    providerTitle: provider?.title ?? name,
    endpointName: 'door',
    endpointId: '1',
    verified,
    overrides: [],
    people: [mona],
    pings: () => true,
  });
  assert.deepEqual(problems, []);
  return message;
}

function merge(whole: Json, change: Json): Json {
  const changed = Object.entries(change).map(([key, value]) => {
    const old = whole[key];
    return [key, isObject(old) && isObject(value) ? merge(old, value) : value];
  });
  return { ...whole, ...Object.fromEntries(changed) };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
