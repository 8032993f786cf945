import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toText } from '../../src/app/drawings.ts';
import { cleanText } from '../../src/core/text/clean-text.ts';
import { previewDelivery } from '../../src/relay/preview.ts';
import { compose, composer, type Json, merge, providers, tell, templates } from './tell-sample.ts';

const SECRET = 'The vault stands open';

describe('messages of Bitbucket', () => {
  it('are told by what is in them where no header names the event', () => {
    for (const type of ['repo.push', 'repo.fork', 'issue.created', 'issue.updated', 'repo.commit_status_updated']) {
      const sample = templates.samples.of('bitbucket').get(type) ?? assert.fail(type);
      const payload = JSON.parse(sample.body.toString());
      const named = compose(sample, payload).message.title?.text;
      assert.equal(compose({ ...sample, headers: {} }, payload).message.title?.text, named, type);
    }
  });
});

describe('what is confidential in GitLab', () => {
  const hidden: readonly (readonly [string, Json])[] = [
    ['note', { event_type: 'confidential_note', object_attributes: { note: SECRET } }],
    ['note', { object_attributes: { note: SECRET, internal: true } }],
    ['note', { object_attributes: { note: SECRET, confidential: true } }],
    [
      'note',
      {
        merge_request: null,
        object_attributes: { note: SECRET },
        issue: { iid: 1, title: SECRET, confidential: true },
      },
    ],
    ['issue', { object_attributes: { title: SECRET, description: SECRET, confidential: true } }],
    ['issue', { object_attributes: { title: SECRET, description: SECRET, confidential: true, type: 'Incident' } }],
    ['work_item', { object_attributes: { title: SECRET, description: SECRET, confidential: true } }],
    [
      'issue',
      {
        object_attributes: { title: SECRET, action: 'update', confidential: true },
        changes: { title: { previous: SECRET, current: SECRET }, description: { previous: '', current: SECRET } },
      },
    ],
    ['emoji', { merge_request: null, issue: { iid: 1, title: SECRET, confidential: true } }],
    ['default', { object_attributes: { title: SECRET, description: SECRET, confidential: true } }],
  ];

  it('is said to be so, and none of its text is shown', () => {
    for (const [type, change] of hidden) {
      const { text, labels } = drawn('gitlab', type, change);
      assert.match(text, /confidential/i, type);
      assert.doesNotMatch(text, /vault/, type);
      assert.equal(labels?.visibility, 'confidential', type);
    }
  });

  it('is known by the header alone', () => {
    const { text, labels } = drawn(
      'gitlab',
      'note',
      { object_attributes: { note: SECRET } },
      { 'x-gitlab-event': 'Confidential Note Hook' },
    );
    assert.deepEqual([/vault/.test(text), labels?.visibility], [false, 'confidential']);
  });

  it('differs from what all may read', () => {
    const { text, labels } = drawn('gitlab', 'issue');
    assert.deepEqual([/confidential/i.test(text), labels?.visibility], [false, undefined]);
  });
});

describe('messages of GitLab system hooks', () => {
  it('never show a key that somebody added or removed', () => {
    for (const type of ['key_create', 'key_destroy']) {
      const { text } = drawn('gitlab', type, { key: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC58FwqHU ann@host' });
      assert.doesNotMatch(text, /AAAAB3Nza/);
    }
    assert.equal(tell('gitlab', 'key_create').title?.text, 'mona added an SSH key');
  });

  it('say who was added to what, and as what', () => {
    const told = (type: string) => tell('gitlab', type).title?.text;
    assert.equal(told('user_add_to_team'), 'Mona Lisa was added to acme/api (maintainer)');
    assert.equal(told('user_remove_from_group'), 'Mona Lisa was removed from acme (developer)');
    assert.equal(told('project_rename'), 'Project acme/backend is now called acme/api');
  });
});

describe('several changes in one push to Bitbucket', () => {
  const gone = { new: null, old: { type: 'branch', name: 'feature/x' }, closed: true, created: false };
  const commit = (message: string) => ({ hash: 'a'.repeat(40), message, author: { raw: 'Ada' } });
  const on = (name: string, ...messages: readonly string[]) => ({
    new: { type: 'branch', name },
    old: { type: 'branch', name },
    closed: false,
    commits: messages.map(commit),
  });
  const made = { new: { type: 'tag', name: 'v1' }, old: null, closed: false, created: true };
  const pushed = (...changes: readonly unknown[]) => drawn('bitbucket', 'repo.push', { push: { changes } });

  it('are headed by the one that has most commits, whatever comes before it', () => {
    for (const order of [
      [gone, on('main', 'One', 'Two')],
      [on('main', 'One', 'Two'), gone],
    ]) {
      const { title, text, labels } = pushed(...order);
      assert.equal(title, 'Tux Penguin pushed 2 commits to main of api (and deleted feature/x)');
      assert.match(text, /One.*Two/s);
      assert.equal(labels?.branch, 'main');
    }
    assert.match(pushed(on('try', 'One'), on('main', 'One', 'Two')).title, /pushed 2 commits to main/);
    assert.match(pushed(on('try', 'One'), on('main', 'One', 'Two')).text, /Also pushed 1 commit to branch try/);
  });

  it('are headed by what was made before what was deleted', () => {
    assert.equal(pushed(gone, made).title, 'Tux Penguin created tag v1 of api (and deleted feature/x)');
  });

  it('are all named when all are deleted', () => {
    const other = { ...gone, old: { type: 'branch', name: 'feature/y' } };
    assert.equal(pushed(gone, other).title, 'Tux Penguin deleted 2 branches and tags of api: feature/x, feature/y');
    assert.equal(pushed(gone).title, 'Tux Penguin deleted branch feature/x of api');
  });

  it('are the same from Data Center', () => {
    const change = (type: string, name: string) => ({
      type,
      ref: { id: `refs/heads/${name}`, displayId: name, type: 'BRANCH' },
    });
    const { title, labels } = drawn('bitbucket', 'repo.refs_changed', {
      changes: [change('DELETE', 'feature/x'), change('UPDATE', 'main')],
    });
    assert.equal(title, 'Tux Penguin pushed 2 commits to main of api (and deleted feature/x)');
    assert.equal(labels?.branch, 'main');
  });
});

describe('characters without a width', () => {
  it('are in no part of a message', () => {
    for (const unseen of ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u200E', '\u180E']) {
      const { text } = drawn('bitbucket', 'pullrequest.created', {
        actor: { display_name: `Ann${unseen}`, nickname: `ann${unseen}` },
        pullrequest: {
          title: `O${unseen}il`,
          summary: { raw: `* one\n* two\n\n${unseen}` },
          reviewers: [{ display_name: `Bo${unseen}b` }],
        },
      });
      assert.ok(!text.includes(unseen), `U+${unseen.codePointAt(0)?.toString(16)}`);
    }
  });

  it('are kept where a word or an emoji is spelled with them', () => {
    for (const text of ['می\u200Cخواهم', 'क्\u200Dष', '👩🏽\u200D🚀', '❤\uFE0F\u200D🔥'])
      assert.equal(cleanText(text), text);
  });
});

describe('the first line of a code host', () => {
  it('says somebody where nobody is named', () => {
    assert.equal(
      tell('gitlab', 'issue', { user: null }).title?.text,
      'Somebody opened #7 The door opens by itself at night',
    );
    assert.equal(
      tell('gitea', 'issues', { sender: null }).title?.text,
      'Somebody opened #7 The door opens by itself at night',
    );
    assert.match(tell('bitbucket', 'pr.declined', { actor: null }).title?.text ?? '', /^Somebody declined #12 /);
  });

  it('is what an event is listed by', () => {
    for (const name of ['gitlab', 'gitea', 'bitbucket'])
      for (const type of templates.samples.of(name).keys())
        if (type !== 'default') assert.equal(drawn(name, type).about.title, drawn(name, type).title, `${name}/${type}`);
  });
});

/** Everything that is said of a sample in which something is different. */
function drawn(name: string, type: string, change: Json = {}, headers: Record<string, string> = {}) {
  const sample = templates.samples.of(name).get(type);
  assert.ok(sample, `${name}/${type}`);
  const payload = merge(JSON.parse(sample.body.toString()), change);
  const { message, about, problems } = previewDelivery(
    {
      ...sample,
      headers: { ...sample.headers, ...headers },
      body: Buffer.from(JSON.stringify(payload)),
      url: '',
      query: {},
      receivedAt: new Date(0),
      remoteAddress: '',
    },
    { name, provider: providers.get(name), composer },
  );
  assert.deepEqual(problems, [], `${name}/${type}`);
  const title = message.title?.text ?? '';
  return { title, text: [title, toText(message), JSON.stringify(about)].join('\n'), labels: about.labels, about };
}
