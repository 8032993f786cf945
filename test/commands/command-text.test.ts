import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Command, Option } from '../../src/core/command/command.ts';
import { parseText, toText } from '../../src/core/command/command-text.ts';
import { parseOptions } from '../../src/core/command/option-values.ts';
import { parseSpokenMoment } from '../../src/core/command/spoken-moment.ts';
import { toUsage } from '../../src/core/command/usage.ts';
import { AppError, OptionError } from '../../src/core/errors.ts';
import { DAY, describeDuration, parseDuration } from '../../src/core/text/duration.ts';
import { anyCharacter } from '../any-text.ts';
import { runs } from '../runs.ts';

const NOW = new Date('2026-01-05T12:00:00.000Z');

describe('a command line', () => {
  it('takes positionals, names, keywords and flags', () => {
    const typed = read('/webhook mute api-alerts source=acme/api for 2h because "deploy night" confirm');
    assert.deepEqual(typed, {
      endpoint: 'api-alerts',
      source: 'acme/api',
      for: '2h',
      because: 'deploy night',
      confirm: 'true',
    });
  });

  it('needs no /webhook in front', () => {
    assert.deepEqual(read('mute api'), read('/webhook mute api'));
  });

  it('is help when it is empty', () => {
    for (const line of ['', '   ', '/webhook', '/WEBHOOK ']) assert.equal(parseText(line, commands).name, 'help');
  });

  it('finds a command by its alias, in any case', () => {
    assert.equal(parseText('Silence api', commands).name, 'mute');
  });

  it('gives keywords several words without quotes, up to the next word that means something', () => {
    const typed = read('mute api because deploy night for 2 hours until tomorrow 9am');
    assert.deepEqual(typed, { endpoint: 'api', because: 'deploy night', for: '2 hours', until: 'tomorrow 9am' });
  });

  it('gives the last positional all words that are left', () => {
    assert.deepEqual(read('find api deploy   failed type=push'), {
      endpoint: 'api',
      words: 'deploy failed',
      type: 'push',
    });
  });

  it('reads a name for its keyword, and collects other pairs only where the command wants them', () => {
    assert.deepEqual(read('make x in=#ops header=x-sig'), { provider: 'x', in: '#ops', header: 'x-sig' });
    assert.throws(() => read('mute api header=x-sig'), { code: 'unknown_option', field: 'header' });
  });

  it('leaves out what is empty', () => {
    assert.deepEqual(read('mute api source="" because ""'), { endpoint: 'api' });
  });
});

describe('quotes', () => {
  for (const quoted of [
    '"deploy night"',
    "'deploy night'",
    '“deploy night”',
    '‘deploy night’',
    '„deploy night“',
    '“deploy night"',
    '«deploy night»',
    '»deploy night«',
    '‹deploy night›',
    '「deploy night」',
    '＂deploy night＂',
    '`deploy night`',
    '´deploy night´',
    'deploy\\ night',
  ])
    it(`hold words together: ${quoted}`, () => {
      assert.equal(read(`mute api because ${quoted}`).because, 'deploy night');
      assert.equal(read(`mute api source=${quoted}`).source, 'deploy night');
    });

  it('leave an apostrophe alone', () => {
    assert.equal(read("mute api because it's late").because, "it's late");
    assert.equal(read("mute api because 'it's late'").because, "it's late");
    assert.equal(read('mute api because “it’s late”').because, 'it’s late');
  });

  it('hold quotes of another kind', () => {
    assert.equal(read('mute api because "say “hi” to them"').because, 'say “hi” to them');
    assert.equal(read('mute api because „the »old« door“').because, 'the »old« door');
    assert.equal(read('mute api because “run `make` twice”').because, 'run `make` twice');
    assert.equal(read('mute api because “a 6" nail”').because, 'a 6" nail');
  });

  it('are kept by a backslash, and so is a backslash', () => {
    assert.equal(read(String.raw`mute api because "a \"b\" \\ c"`).because, String.raw`a "b" \ c`);
    assert.equal(read(String.raw`mute api because C:\temp`).because, String.raw`C:\temp`);
  });

  it('make a word nothing but text', () => {
    assert.deepEqual(read('find "for" "a=b"'), { endpoint: 'for', words: 'a=b' });
  });

  it('that are never closed are an error that names the place', () => {
    assert.throws(() => read('mute "api alerts'), {
      code: 'bad_request',
      message: /^The quote that opens at character 6 is never closed/,
    });
  });
});

describe('a slip', () => {
  const slips = {
    '/webhok mute api': '`/webhok` is not a command. Did you mean `/webhook mute`?',
    '/webhooks': '`/webhooks` is not a command. Did you mean `/webhook`?',
    '/mute api': '`/mute` is not a command. Did you mean `/webhook mute`?',
    'mutt api': '`mutt` is not a command. Did you mean `mute`?',
    'mute api sorce=a': '`sorce` is not an option of `mute`. Did you mean `source`?',
    'mute api for': '`for` needs a value, such as `2h`.',
    'mute api for 1h for 2h': '`for` is given twice. Give it once.',
    'mute api source=a source=b': '`source` is given twice. Give it once.',
  };
  for (const [line, message] of Object.entries(slips))
    it(`is answered: ${line}`, () => assert.throws(() => read(line), { message }));

  it('of one word too many asks for quotes', () => {
    assert.throws(() => read('mute api alerts'), {
      code: 'too_many_words',
      message: /^`alerts` is one word too many for `mute`\. .* quotes/,
    });
  });

  it('far from every command leads to help', () => {
    assert.throws(() => read('abracadabra'), {
      message: 'This is not a command. `/webhook help` lists them all.',
    });
  });

  it('is shown as code, whatever it holds', () => {
    assert.throws(() => read('`*@a*`'), { message: /^`` `\*@a\*` `` is not a command/ });
  });
});

describe('values', () => {
  it('are typed', async () => {
    const { values } = await parse({
      endpoint: 'api',
      for: '1h30m',
      until: '2026-01-06T09:00:00Z',
      confirm: 'yes',
      count: '12',
    });
    assert.deepEqual(values, {
      ...NOTHING,
      endpoint: 'api',
      for: 5_400_000,
      until: new Date('2026-01-06T09:00:00Z'),
      confirm: true,
      count: 12,
    });
  });

  it('that must be given and are not are named', async () => {
    assert.deepEqual((await parse({ source: 'x' })).missing, ['endpoint']);
  });

  it('fit choices in any case', async () => {
    assert.equal((await parse({ endpoint: 'api', severity: 'INFO' })).values.severity, 'info');
  });

  const wrong = {
    for: ['soon', '`soon` is not a length of time for `for`. Write it like `2h`.'],
    until: ['blurg', '`blurg` is not a time for `until`. Write it like `tomorrow 9am`.'],
    count: ['1.5', '`1.5` is not a whole number for `count`. Write it like `10`.'],
    confirm: ['perhaps', '`perhaps` is not yes or no for `confirm`. Write it like `confirm=yes`.'],
    severity: ['infos', '`infos` is not a choice for `severity`. It can be `info`, `warning`. Did you mean `info`?'],
  } as const;
  for (const [field, [value, message]] of Object.entries(wrong))
    it(`that are wrong say what was expected: ${field}`, async () => {
      await assert.rejects(
        parse({ endpoint: 'api', [field]: value }),
        (error) => error instanceof OptionError && error.field === field && error.message === message,
      );
    });

  it('that are pairs come by name, or as one text from a form', async () => {
    const make = commands.get('make') ?? mute;
    const { values } = await parseOptions(
      make,
      { provider: 'x', choices: 'header=x-sig prefix="v1 "', encoding: 'hex' },
      { now: NOW },
    );
    assert.deepEqual(values.choices, { header: 'x-sig', prefix: 'v1 ', encoding: 'hex' });
    await assert.rejects(parseOptions(make, { provider: 'x', choices: 'header' }, { now: NOW }), { field: 'choices' });
  });
});

describe('durations and moments', () => {
  const durations = {
    '90s': 90e3,
    '30m': 1.8e6,
    '2h': 7.2e6,
    '1d': 8.64e7,
    '1w': 6.048e8,
    '1h30m': 5.4e6,
    '2 hours': 7.2e6,
    'an hour and 10 minutes': 4.2e6,
    '1.5h': 5.4e6,
    '0s': 0,
  };
  for (const [text, milliseconds] of Object.entries(durations))
    it(`know ${text}`, () => assert.equal(parseDuration(text), milliseconds));

  for (const text of ['', 'h', '2', '-2h', '2 bananas', '2hx', 'h2', '99999999999w', '2h 3'])
    it(`refuse ${text || 'nothing'}`, () => assert.equal(parseDuration(text), undefined));

  it('are written in at most two units', () => {
    assert.deepEqual([12, 1000, 5_400_000, 90_061_000, 14 * DAY, 30 * DAY].map(describeDuration), [
      '12 ms',
      '1 second',
      '1 hour 30 minutes',
      '1 day 1 hour',
      '2 weeks',
      '30 days',
    ]);
  });

  it('read 9am on the clock of the one who says it', async () => {
    const [berlin, york] = await Promise.all(
      ['Europe/Berlin', 'America/New_York'].map((zone) => parseSpokenMoment('tomorrow 9am', NOW, zone)),
    );
    assert.deepEqual(
      [berlin?.at.toISOString(), york?.at.toISOString()],
      ['2026-01-06T08:00:00.000Z', '2026-01-06T14:00:00.000Z'],
    );
  });

  it('take a moment as a whole or not at all', async () => {
    assert.equal(await parseSpokenMoment('tomorrow 9am and then some', NOW, 'UTC'), undefined);
  });
});

describe('text and options', () => {
  const word = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: anyCharacter }),
    fc.constantFrom('for', 'Because', 'confirm', 'a=b', '"', '\\', '“x', "it's", 'a b', ' ', '/webhook', '2h'),
  );
  const options = fc.dictionary(fc.constantFrom('endpoint', 'source', 'for', 'because', 'until', 'severity'), word);

  it('are each other’s inverse', () => {
    fc.assert(fc.property(options, (given) => assert.deepEqual(read(toText('mute', mute, given)), { ...given })));
  });

  it('are each other’s inverse where pairs are collected', () => {
    const make = commands.get('make') ?? mute;
    const pairs = fc.dictionary(fc.constantFrom('provider', 'in', 'header', 'prefix'), word);
    fc.assert(fc.property(pairs, (given) => assert.deepEqual(read(toText('make', make, given)), { ...given })));
  });

  it('make a line that somebody would type', () => {
    const line = toText('mute', mute, {
      endpoint: 'api',
      for: '2h',
      because: 'deploy night',
      source: 'acme/api',
      confirm: 'true',
    });
    assert.equal(line, '/webhook mute api source=acme/api for 2h because "deploy night" confirm');
  });

  it('of hostile people lead to nothing but an answer', async () => {
    const line = fc.oneof(
      fc.string({ maxLength: 200, unit: anyCharacter }),
      fc
        .array(
          fc.constantFrom(
            'mute',
            'make',
            '"',
            "'",
            '“',
            '\\',
            '=',
            'a=',
            '__proto__=1',
            'constructor=x',
            'for',
            '2h',
            'until',
            '\n',
            '\u202e',
            'in',
          ),
        )
        .map((words) => words.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        try {
          const { command, options: typed } = parseText(text, commands);
          await parseOptions(command, typed, { now: NOW, timeZone: 'UTC' });
        } catch (error) {
          assert.ok(error instanceof AppError, String(error));
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('of monstrous length are refused', () => {
    assert.throws(() => read('x'.repeat(20_001)), { code: 'bad_request' });
  });

  it('have a usage line', () => {
    assert.equal(toUsage('find', { options: FIND }), '/webhook find [<endpoint>] [<words>] [type=push]');
  });
});

function read(line: string): Readonly<Record<string, string>> {
  return parseText(line, commands).options;
}

function parse(typed: Readonly<Record<string, string>>) {
  return parseOptions(mute, typed, { now: NOW, timeZone: 'UTC' });
}

function aCommand(options: Readonly<Record<string, Option>>, aliases: readonly string[] = []): Command {
  return {
    summary: 'Do it',
    examples: ['/webhook mute api for 2h'],
    permission: 'member',
    aliases,
    options,
    run: () => Promise.reject(new Error('nobody runs it')),
  };
}

const text = { type: 'string', description: '', optional: true } as const;
const FIND: Readonly<Record<string, Option>> = {
  endpoint: { ...text, positional: true },
  words: { ...text, positional: true, rest: true },
  type: { ...text, example: 'push' },
};
const mute = aCommand(
  {
    endpoint: { type: 'string', description: '', positional: true },
    source: text,
    for: { ...text, type: 'duration', keyword: 'for', example: '2h' },
    because: { ...text, keyword: 'because', rest: true },
    severity: { ...text, choices: ['info', 'warning'] },
    until: { ...text, type: 'moment', keyword: 'until' },
    count: { ...text, type: 'integer' },
    confirm: { ...text, type: 'flag' },
  },
  ['silence'],
);
const NOTHING = Object.fromEntries(Object.keys(mute.options).map((name) => [name, undefined]));
const commands = new Map([
  ['help', aCommand({})],
  ['mute', mute],
  ['find', aCommand(FIND)],
  [
    'make',
    aCommand({
      provider: { type: 'string', description: '', positional: true },
      in: { ...text, type: 'channel', positional: true, keyword: 'in' },
      choices: { ...text, type: 'pairs' },
    }),
  ],
]);
