import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Reply } from '../../src/core/command/command.ts';
import { quoteWord } from '../../src/core/command/tokenize.ts';
import { aCommandWorld, ann, boss, dataOf, failureOf } from '../doubles/command-world.ts';
import { runs } from '../runs.ts';

type World = Awaited<ReturnType<typeof aCommandWorld>>;

/** Every text in a reply, without Markdown's escapes and in lower case. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('\\', '').toLowerCase();
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, part]) => `${key.toLowerCase()} ${textOf(part)}`)
    .join('\n');
}

/** Whether a reply, or the line that the audit keeps of it, repeats a secret. */
async function repeats(secret: string, reply: Reply, { journal }: World): Promise<boolean> {
  const entries = await journal.audit.list({ limit: 3 });
  return textOf([reply, entries]).includes(secret.replaceAll('\\', '').toLowerCase());
}

/** What people choose as secrets: at least eight characters, like nothing that any answer says by itself. */
const secrets = fc
  .tuple(
    fc.constantFrom('whsec_', 'sk-', '0x', 'Pa$$', '"', "it's ", '[a](b)', 'ä', '=', '#', '`'),
    fc.string({ unit: fc.constantFrom(...'abcXYZ0189_-+/=.:!?*#@&%<>[](){}'), minLength: 8, maxLength: 60 }),
  )
  .map(([start, rest]) => `${start}zq9${rest}`);

async function aWorldWithSecrets(): Promise<World> {
  const world = await aCommandWorld();
  await world.anEndpoint('new stripe as charges');
  await world.anEndpoint('new generic as open verify=none');
  await world.anEndpoint('new github as api');
  return world;
}

describe('a secret that somebody gives', () => {
  const lines = {
    'makes an endpoint': 'new stripe in #ops secret=',
    'becomes the new one': 'rotate charges secret=',
    'is given without a provider': 'new in #ops secret=',
    'is given for no endpoint': 'rotate secret=',
    'is given to a provider that is none': 'new strype secret=',
    'is given for an endpoint that is none': 'rotate nought secret=',
    'is given with a channel that is none': 'new stripe in #nowhere secret=',
    'is given with a name that is taken': 'new stripe as charges secret=',
    'is given with a name that cannot be': 'new stripe as "a b" secret=',
    'is given with an option that is none': 'rotate charges gracious=2h secret=',
    'is given with a choice that is none': 'new generic verify=hmca secret=',
    'is given with one word too many': 'rotate charges now secret=',
    'is given with a grace that is none': 'rotate charges grace=soon secret=',
    'is given with too long a grace': 'rotate charges grace 400d secret=',
    'is given where nothing is signed': 'rotate open secret=',
    'is given twice': 'rotate charges secret=abcdefgh secret=',
    'is given to a command that takes none': 'list secret=',
    'is given to no command': 'secret=',
    'is given to a word that is no command': 'rotat charges secret=',
  };
  for (const [how, line] of Object.entries(lines))
    it(`is never repeated when it ${how}`, async () => {
      const world = await aWorldWithSecrets();
      await fc.assert(
        fc.asyncProperty(secrets, async (secret) => {
          const reply = await world.say(`${line}${quoteWord(secret)}`, boss);
          assert.ok(!(await repeats(secret, reply, world)), reply.message.body);
        }),
        { numRuns: runs(25) },
      );
    });

  it('is never repeated when it is chosen in a form', async () => {
    const world = await aWorldWithSecrets();
    const others = fc.dictionary(
      fc.constantFrom('provider', 'in', 'as', 'choices', 'endpoint', 'grace'),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('new', 'rotate'), others, secrets, async (command, options, secret) => {
        const reply = await world.run({ command, options: { ...options, secret } }, boss);
        assert.ok(!(await repeats(secret, reply, world)), reply.message.body);
      }),
      { numRuns: runs(100) },
    );
  });

  it('is never repeated when its quote is not closed', async () => {
    const world = await aWorldWithSecrets();
    const reply = await world.say('rotate charges secret="whsec_zq9abcdefgh');
    assert.match(reply.message.body, /^The quote that opens at character 23 is never closed/);
  });

  it('is asked for again rather than kept in a form', async () => {
    const { say } = await aWorldWithSecrets();
    const { form } = await say('rotate secret=whsec_zq9abcdefgh grace 1h');
    assert.deepEqual([form?.options, form?.ask.includes('secret')], [{ grace: '1h' }, true]);
  });

  it('is not given back to a program either; one that was made is', async () => {
    const { say } = await aWorldWithSecrets();
    const secretOf = (reply: Reply) => dataOf<{ endpoint: { secret: string | null } }>(reply).endpoint.secret;
    assert.equal(secretOf(await say('new stripe secret=whsec_zq9abcdefgh')), null);
    assert.equal(secretOf(await say('rotate charges secret=whsec_zq9abcdefgh')), null);
    assert.match(secretOf(await say('rotate api')) ?? '', /^[0-9a-f]{64}$/);
  });
});

describe('a secret that went astray', () => {
  const places = {
    'stands for the command': (secret: string) => secret,
    'stands after `/webhook`': (secret: string) => `/webhook ${secret}`,
    'stands for the provider': (secret: string) => `new ${secret}`,
    'stands for the channel': (secret: string) => `new stripe in slack:${secret}`,
    'stands for the endpoint': (secret: string) => `rotate ${secret}`,
    'is one word too many': (secret: string) => `rotate charges ${secret}`,
    'stands before a `=`': (secret: string) => `rotate charges ${secret}=`,
    'is a choice of the provider': (secret: string) => `new generic verify=${secret}`,
    'names a choice of the provider': (secret: string) => `new generic ${secret}=hmac`,
    'is a length of time': (secret: string) => `rotate charges grace ${secret}`,
    'is a time zone': (secret: string) => `mute api zone=${secret}`,
    'is a moment': (secret: string) => `mute api until ${secret}`,
    'is one of the given values': (secret: string) => `mute api severity=${secret}`,
    'is an ill-formed name': (secret: string) => `new stripe as -${secret}-`,
  };
  const words = fc.stringMatching(/^zq9[A-Za-z0-9_]{8,40}$/);
  for (const [how, toLine] of Object.entries(places))
    it(`is not repeated where it ${how}`, async () => {
      const world = await aWorldWithSecrets();
      await fc.assert(
        fc.asyncProperty(words, async (secret) => {
          const reply = await world.say(toLine(secret), { ...ann, role: 'admin' });
          assert.ok(failureOf(reply).code, reply.message.body);
          assert.ok(!(await repeats(secret, reply, world)), reply.message.body);
        }),
        { numRuns: runs(20) },
      );
    });

  it('does not keep a slip of the fingers from being named', async () => {
    const { say } = await aWorldWithSecrets();
    assert.match(
      (await say('new pagerdutty')).message.body,
      /`pagerdutty` is not a provider.*Did you mean `pagerduty`/,
    );
    assert.match((await say('show chargess')).message.body, /no endpoint `chargess`\. Did you mean `charges`/);
  });
});
