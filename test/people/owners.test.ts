import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isWithin, ownersOf } from '../../src/core/settings/owned-files.ts';
import { aCommandWorld, ann, boss, failureOf } from '../doubles/command-world.ts';
import { anEvent, anOverride, compose } from '../render/a-composer.ts';

describe('a path of files', () => {
  for (const [path, inside, outside] of [
    ['*', ['a.ts', 'src/a.ts'], []],
    ['*.sql', ['a.sql', 'db/x/a.sql'], ['a.sqlite', 'a.sql/b.ts']],
    [
      '/src/billing/',
      ['src/billing/a.ts', 'src/billing/x/y.ts'],
      ['src/billing', 'lib/src/billing/a.ts', 'src/bill/a.ts'],
    ],
    ['docs/', ['docs/a.md', 'lib/docs/x/a.md'], ['docs', 'mydocs/a.md']],
    ['docs/*', ['docs/a.md'], ['docs/x/a.md', 'lib/docs/a.md']],
    ['/docs', ['docs', 'docs/a.md'], ['lib/docs']],
    ['apps/**/test', ['apps/test', 'apps/a/b/test', 'apps/a/test/x.ts'], ['test', 'apps/a/tests']],
    ['**/logs', ['logs', 'a/b/logs/x'], ['a/logs.txt']],
  ] as const)
    it(`${path} holds what a CODEOWNERS file would say`, () => {
      for (const file of inside) assert.ok(isWithin(file, path), file);
      for (const file of outside) assert.ok(!isWithin(file, path), file);
    });

  it('is compared in no time, however it is made', () => {
    const part = fc.constantFrom('**', '*', 'a', '*a*', 'b', '');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 200 }), fc.array(part, { maxLength: 200 }), (path, file) => {
        isWithin(file.join('/'), path.join('/'));
      }),
    );
  });
});

describe('the owners of files', () => {
  const person = (name: string, ...paths: string[]) => ({ name, aliases: [], ids: { slack: 'S1' }, paths });

  it('are those whose path names a file most closely', () => {
    const [all, billing, sql] = [
      person('All', '*'),
      person('Billing', '/src/billing/'),
      person('Data', '/src/billing/*.sql'),
    ];
    const names = (...files: string[]) => ownersOf([all, billing, sql], files).map(({ name }) => name);
    assert.deepEqual(names('README.md'), ['All']);
    assert.deepEqual(names('src/billing/a.ts'), ['Billing']);
    assert.deepEqual(names('src/billing/a.sql', 'src/billing/b.ts'), ['Data', 'Billing']);
    assert.deepEqual(names(), []);
  });

  it('are pinged by a template that mentions them, once for many files', () => {
    const payload = { commits: [{ modified: ['src/billing/a.ts', 'src/billing/b.ts'] }, { modified: [] }] };
    const { message, problems } = compose({
      event: anEvent({ payload }),
      overrides: [anOverride('{{title "Pushed"}}{{mention (owners (pluck commits "modified"))}}')],
      people: [person('Billing', '/src/billing/')],
      pings: () => true,
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(message.mentions, [{ name: 'Billing', ids: { slack: 'S1' } }]);
  });

  it('are set by owners of an endpoint and admins alone, and taken back by admins', async () => {
    const { say, settings } = await aCommandWorld();
    assert.equal(failureOf(await say('people link /src/billing/', ann)).code, 'forbidden');
    await say('people link /src/billing/ @billing', boss);
    assert.deepEqual(settings.current.people[0]?.paths, ['/src/billing/']);
    assert.equal(failureOf(await say('people unlink /src/billing/', ann)).code, 'forbidden');
    await say('people unlink /src/billing/', boss);
    assert.deepEqual(settings.current.people, []);
  });
});
