import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PREFIX, parseText } from '../../src/core/command/command-text.ts';
import { AppError } from '../../src/core/errors.ts';
import { anyCharacter } from '../any-text.ts';
import { aCaller, aCommandWorld, ann, boss, failureOf, guest } from '../doubles/command-world.ts';
import { runs } from '../runs.ts';

describe('a command', () => {
  it('is refused to outsiders, whatever it is', async () => {
    const { say, run, errors } = await aCommandWorld();
    for (const name of run.commands.keys())
      assert.equal(failureOf(await say(`${name} api`, guest)).code, 'forbidden', name);
    assert.deepEqual(errors, []);
  });

  it('runs the same when it is clicked, chosen or typed', async () => {
    const { run, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    const typed = await run({ text: '/webhook mute api type=push for 2h' }, ann);
    const chosen = await run({ command: 'silence', options: { endpoint: 'api', type: 'push', for: '2 hours' } }, ann);
    const untilOf = ({ message }: typeof typed) => /t\d+:/.exec(message.body)?.[0];
    assert.equal(untilOf(chosen), untilOf(typed));
  });

  it('that is chosen with an option it does not have says so', async () => {
    const { run } = await aCommandWorld();
    assert.deepEqual((await run({ command: 'mutes', options: { endpont: 'x' } }, ann)).data, {
      code: 'unknown_option',
      field: 'endpont',
    });
  });

  it('without what it needs asks for all of it, and says how to type it', async () => {
    const { say } = await aCommandWorld();
    const { form, message, data } = await say('rename');
    assert.deepEqual(form, {
      command: 'rename',
      title: '/webhook rename',
      ask: ['endpoint', 'to'],
      options: {},
      submit: 'Rename',
    });
    assert.match(
      message.body,
      /needs `endpoint` and `to`.*\n\nType it as `\/webhook rename <endpoint> to api-alerts`, for example/,
    );
    assert.deepEqual(data, { code: 'missing_option', field: 'endpoint' });
  });

  it('never offers a form to somebody who may not use it', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    const reply = await say('rename api', aCaller({ user: 'bob' }));
    assert.deepEqual([reply.form, failureOf(reply).code], [undefined, 'forbidden']);
  });

  it('lets those whom the settings name do everything, unless they are outsiders', async () => {
    const { say, settings, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    const bob = aCaller({ user: 'bob' });
    assert.equal(failureOf(await say('rename api front', bob)).code, 'forbidden');
    await settings.update((current) => ({ ...current, admins: ['local:bob', 'local:guest'] }));
    assert.match((await say('rename api front', bob)).message.body, /front/);
    assert.equal(failureOf(await say('rename front api', guest)).code, 'forbidden');
  });

  it('knows an owner on their own platform only', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    await say('route api add slack:#ops', boss);
    assert.equal(failureOf(await say('rotate api', aCaller({ platform: 'slack' }))).code, 'forbidden');
  });

  it('that fails for a reason we did not foresee says only that, and is logged once', async () => {
    const { say, settings, errors, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    settings.update = () => Promise.reject(new Error('the disk says 0xdeadbeef'));
    const reply = await say('mute api type=push');
    assert.deepEqual(
      [reply.message.body, reply.data, reply.visibleTo],
      ['Something went wrong on our side.', { code: 'internal' }, 'caller'],
    );
    assert.equal(errors.length, 1);
  });

  it('that fails for an expected reason names it', async () => {
    const { say, settings, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    settings.update = () => Promise.reject(new AppError(503, 'disk_full', 'The disk that holds `data` is full.'));
    assert.deepEqual((await say('mute api type=push')).data, { code: 'disk_full' });
  });

  it('always gets an answer, whatever is typed', async () => {
    const { say, run, errors, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    const word = fc.oneof(
      fc.constantFrom(
        ...run.commands.keys(),
        'api',
        'for',
        'confirm',
        'source=',
        'mute=',
        '1',
        '#ops',
        '“',
        "'",
        '__proto__',
        'constructor',
      ),
      fc.string({ unit: anyCharacter, maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
        assert.ok((await say(words.join(' '), boss)).message.body);
      }),
      { numRuns: runs(150) },
    );
    assert.deepEqual(errors, []);
  });
});

describe('every command', () => {
  it('has examples that can be typed', async () => {
    const { run } = await aCommandWorld();
    for (const [name, { examples }] of run.commands)
      for (const example of examples) {
        // A name of two words is typed as such.
        assert.ok(example.replaceAll('-', ' ').startsWith(`${PREFIX} ${name.replaceAll('-', ' ')}`), example);
        assert.equal(parseText(example, run.commands).name, name);
      }
  });

  it('is explained by help', async () => {
    const { say, run } = await aCommandWorld();
    const { body } = (await say('')).message;
    for (const [name, { summary, options }] of run.commands) {
      assert.ok(body.includes(`\`/webhook ${name}\` ${summary}`), name);
      const explained = (await say(`help ${name}`)).message.body;
      for (const option of Object.keys(options)) assert.ok(explained.includes(`- \`${option}\` `), `${name} ${option}`);
    }
  });

  it('has names and aliases of its own', async () => {
    const { run } = await aCommandWorld();
    const words = [...run.commands].flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
    assert.equal(new Set(words).size, words.length);
  });

  it('says the nearest one to a word that is none', async () => {
    const { say } = await aCommandWorld();
    assert.match((await say('mutt api')).message.body, /`mutt` is not a command\. Did you mean `mute`\?/);
    assert.match((await say('help mutt')).message.body, /Did you mean `mute`/);
  });
});

describe('completion', () => {
  const cases = [
    ['mute', 'endpoint', 'ap', ['api']],
    ['new', 'provider', 'gitl', ['gitlab']],
    ['new', 'in', '#o', ['#ops']],
    ['mute', 'source', 'acme', ['acme/api']],
    ['mute', 'type', 'pu', ['push']],
    ['mute', 'severity', 'c', ['critical']],
    ['mute', 'for', '2', ['2h']],
    ['event', 'event', '1', ['1']],
    ['help', 'command', 'ren', ['rename']],
  ] as const;
  for (const [command, option, typed, first] of cases)
    it(`offers ${option} for ${command}`, async () => {
      const { run, anEndpoint, anEvent } = await aCommandWorld();
      await anEvent(await anEndpoint());
      const found = await run.complete({ command, option, typed, caller: ann });
      assert.deepEqual(
        found.slice(0, 1).map(({ value }) => value),
        first,
      );
    });

  it('offers mutes by what they match', async () => {
    const { run, say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint();
    await say('mute api source=acme/api');
    const found = await run.complete({ command: 'unmute', option: 'mute', typed: 'acme', caller: ann });
    assert.deepEqual(found, [{ value: settings.current.mutes[0]?.id, label: 'api source=acme/api' }]);
  });

  it('offers nothing to outsiders, nor for what does not exist', async () => {
    const { run, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    const offers = await Promise.all([
      run.complete({ command: 'mute', option: 'endpoint', typed: '', caller: guest }),
      run.complete({ command: 'nope', option: 'endpoint', typed: '', caller: ann }),
      run.complete({ command: 'mute', option: 'constructor', typed: '', caller: ann }),
    ]);
    assert.deepEqual(offers, [[], [], []]);
  });

  it('offers all there is: what a platform cannot show, it leaves out itself', async () => {
    const { run, anEndpoint, settings } = await aCommandWorld();
    const endpoint = await anEndpoint();
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...endpoint,
      id: `e${index}`,
      name: `api-${index}`,
      token: `token-${index}`,
    }));
    await settings.update((now) => ({ ...now, endpoints: many }));
    assert.equal((await run.complete({ command: 'mute', option: 'endpoint', typed: 'api', caller: ann })).length, 60);
  });
});
