import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { toMessage } from '../../src/core/message/message.ts';
import { type Fact, factsOf } from './facts.ts';
import { leftOut } from './left-out.ts';
import { hasWebAddress, leavesOf } from './payload-leaves.ts';
import { saidBy, says } from './said.ts';
import { loadSeverities } from './severities.ts';

describe('the facts of an expected text', () => {
  it('are the names, numbers, states and links that stand in the payload too', () => {
    const payload = { by: 'octocat', number: 12, title: 'Oil the hinges', state: 'closed', at: 'https://x.example/12' };
    assert.deepEqual(texts(payload, 'octocat closed [PR #12 Oil the hinges](https://x.example/12), said nobody.'), [
      'x.example/12',
      'Oil the hinges',
      'octocat',
      'closed',
      '12',
    ]);
  });

  it('leave out links that the reader made, and words that say nothing alone', () => {
    assert.deepEqual(texts({ host: 'x.example', flag: 'the' }, 'See the [page](https://x.example/made-up).'), []);
  });

  it('are the longest names that stand there: a part of one is none', () => {
    assert.deepEqual(texts({ full: 'acme/api', name: 'api' }, 'Pushed to acme/api'), ['acme/api']);
  });

  it('take the first sentence of prose, and nothing after it', () => {
    const payload = { body: 'The door is stuck. Call 555 now.\nIt squeaks.', phone: '555' };
    assert.deepEqual(texts(payload, 'Said:\n~~~ quote\nThe door is stuck. Call 555 now.\nIt squeaks.\n~~~'), [
      'The door is stuck.',
    ]);
  });

  it('are moments, however they are written', () => {
    const facts = factsIn({ at: 1459415502 }, 'Recorded at 2016-03-31 09:11:42 UTC');
    assert.deepEqual(
      facts.map(({ kind }) => kind),
      ['moment'],
    );
    assert.ok(facts.every((fact) => says(saidBy(toMessage({ occurredAt: '2016-03-31T09:11:42.000Z' })), fact)));
  });

  it('are found in JSON within a text', () => {
    assert.deepEqual(texts({ payload: '{"name":"hinge"}' }, 'About hinge'), ['hinge']);
  });
});

describe('a message says a fact', () => {
  const said = saidBy(
    toMessage({
      title: { text: 'Pipeline failed: acme/api', url: 'https://x.example/runs/1/' },
      body: '[b123456](<https://x.example/commit/b123456789>) by **Mona Lisa**',
      fields: [{ name: 'Bytes', value: '1,400' }],
      actions: [{ label: 'Logs', url: 'https://x.example/logs' }],
    }),
  );
  const fact = (text: string, parts: Partial<Fact> = {}): Fact => ({
    kind: 'words',
    text,
    paths: [],
    others: [],
    ...parts,
  });

  for (const [how, given] of Object.entries({
    'in its own words': fact('acme/api'),
    'in the words a person would use of a state': fact('failure'),
    'with separators between thousands': fact('1400'),
    'by the beginning of a hash': fact('b123456789abcdef', { kind: 'hash' }),
    'by another name of the same person': fact('mona', { others: ['Mona Lisa'] }),
    'by where its title leads': fact('x.example/runs/1', { kind: 'link' }),
    'by where a button leads': fact('x.example/logs', { kind: 'link' }),
  }))
    it(how, () => assert.ok(says(said, given)));

  for (const [how, given] of Object.entries({
    'by a part of another word': fact('ail'),
    'by a link that it does not have': fact('x.example/other', { kind: 'link' }),
    'by a number within another': fact('140'),
  }))
    it(`not ${how}`, () => assert.ok(!says(said, given)));
});

describe('what messages leave out on purpose', () => {
  it('is the page of a person, and a list after its fifth entry', () => {
    const link = { kind: 'link', text: 'x', others: [] } as const;
    assert.equal(leftOut({ ...link, paths: ['sender.html_url'] }), 'the page of a person');
    assert.equal(leftOut({ ...link, paths: ['commits.7.url'] }), 'the list after its fifth entry');
  });

  it('is not what stands elsewhere in the payload too', () => {
    assert.equal(leftOut({ kind: 'words', text: 'x', others: [], paths: ['commits.7.id', 'after'] }), undefined);
  });
});

describe('an address to link a title to', () => {
  it('is one that a person would open', () => {
    assert.ok(hasWebAddress([...leavesOf({ html_url: 'https://x.example/1' })]));
    assert.ok(hasWebAddress([...leavesOf({ webhook_data: { url: 'https://x.example/1' } })]));
    const none = {
      url: 'https://api.x.example/1',
      avatar: { href: 'https://x.example/a' },
      webhook: 'https://x.example',
    };
    assert.ok(!hasWebAddress([...leavesOf(none)]));
  });
});

describe('npm run corpus', () => {
  it('labels the severity of more than 300 recordings', () => {
    assert.ok(loadSeverities().size >= 300);
  });

  it('says so where there are no recordings, and succeeds', async () => {
    const { code, out } = await run(join(tmpdir(), 'no-such-corpus'));
    assert.deepEqual([code, /There are no recorded payloads in .*no-such-corpus/.test(out)], [0, true]);
  });

  it('prints the figures of any folder of that shape, and succeeds where every floor is met', async (t) => {
    const folder = await aCorpus({ title: 'Oil the hinges', url: 'https://x.example/1' }, 'Oil the hinges');
    t.after(() => rm(folder, { recursive: true }));
    const { code, out } = await run(folder);
    assert.match(out, /\| made-up +\| 1 +\| 1 +\| +\| 100.0 % of 1 +\|/);
    assert.equal(code, 0, out);
  });

  it('names the floor that is missed, and fails', async (t) => {
    // More links than any message has room for.
    const addresses = Array.from({ length: 40 }, (_, index) => [`page ${index}`, `https://x.example/${index}`]);
    const folder = await aCorpus(Object.fromEntries(addresses), addresses.map(([, url]) => url).join('\n'));
    t.after(() => rm(folder, { recursive: true }));
    const { code, out } = await run(folder);
    assert.match(out, /Floor missed: facts said, generic/);
    assert.equal(code, 1);
  });
});

function factsIn(payload: unknown, message: string): readonly Fact[] {
  return factsOf({ topic: '', message }, [...leavesOf(payload)]);
}

function texts(payload: unknown, message: string): readonly string[] {
  return factsIn(payload, message).map(({ text }) => text);
}

/** A folder with one recording of a provider that nobody knows. */
async function aCorpus(payload: unknown, message: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'corpus-'));
  await mkdir(join(folder, 'made-up'));
  await writeFile(join(folder, 'made-up/one.json'), JSON.stringify(payload));
  const fixtures = [{ file: 'made-up/one.json', headers: {}, encoding: 'raw', cases: [{ topic: '', message }] }];
  await writeFile(join(folder, 'index.json'), JSON.stringify({ providers: { 'made-up': { fixtures } } }));
  return folder;
}

function run(folder: string): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve) =>
    execFile(process.execPath, [join(import.meta.dirname, 'run.ts'), folder], (error, out) =>
      resolve({ code: error ? Number(error.code) : 0, out }),
    ),
  );
}
