import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Delivery, Headers, Parsed } from '../../src/core/delivery/delivery.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { AppError } from '../../src/core/errors.ts';
import { nameEvent } from '../../src/core/provider/name-event.ts';
import type { Provider } from '../../src/core/provider/provider.ts';
import { secretOrigin } from '../../src/core/provider/provider.ts';
import { anyText } from '../../src/core/provider/secret-form.ts';
import type { SignatureContext, Verdict } from '../../src/core/provider/signature.ts';
import { readEvent } from '../../src/reading/read-event.ts';
import { anyCharacter } from '../any-text.ts';
import { runs } from '../runs.ts';

/** What a provider is tried with. */
export interface Trial {
  readonly name: string;
  readonly provider: Provider;
  readonly options: Readonly<Record<string, string>>;
  /** What the endpoint knows, what the sender signs with, and the same of somebody else. Nothing where nothing is signed. */
  readonly secrets: { readonly known: string; readonly signing: string; readonly other: string } | undefined;
  /** What the sender publishes, and what it would if the key were another. */
  readonly fetch?: SignatureContext['fetch'];
  readonly otherFetch?: SignatureContext['fetch'];
  readonly delivery: Pick<Delivery, 'headers' | 'body'>;
  /** Whether the header of its signature may come twice. */
  readonly mayRepeat?: true;
}

const NOW = new Date('2026-05-01T12:00:00Z');
export const URL_OF_ENDPOINT = 'https://bellhop.example/in/token';
const TWO_DAYS = 2 * 86_400_000;

const proofText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.constantFrom('t=1,v1=', 'v1,', 'a.b.c', '..', '{}', 'sha256='),
);

type Facts = Readonly<Record<string, () => void | Promise<void>>>;

/** What holds for every provider: the genuine is accepted, and nothing else. */
export function providerContract(trial: Trial): void {
  const { name, provider, options, secrets, delivery: sample } = trial;
  const { signature } = provider;
  const context: SignatureContext = { url: URL_OF_ENDPOINT, options, ...(trial.fetch && { fetch: trial.fetch }) };
  const isSigned = secrets !== undefined || trial.fetch !== undefined;
  const known = secrets && secretOrigin(provider, options) !== 'none' ? [secrets.known] : [];
  const verify = async (delivery: Parsed, with_: readonly string[] = known, of = context): Promise<Verdict> =>
    signature.verify(delivery, with_, of);

  const signed = (at = NOW, secret = secrets?.signing ?? '') => signTrial(trial, { at, secret });

  const ofTheGenuine: Facts = {
    'accepts what is genuine, names it, and reads it': async () => {
      const { delivery } = signed();
      const verdict = await verify(delivery);
      assert.deepEqual(verdict.ok ? 'accepted' : verdict.reason, 'accepted');
      if (known.length) {
        const second = await verify(delivery, [secrets?.other ?? '', ...known]);
        assert.equal(second.ok && second.secret, 1);
      }
      const inner = verdict.ok && verdict.inner ? parseDelivery({ ...delivery, body: verdict.inner }) : delivery;
      assert.ok(nameEvent(inner, provider, options).type);
      const stored = {
        ...inner,
        id: '1',
        endpointId: '1',
        provider: name,
        type: 'x',
        deliveryId: '1',
        verification: {},
      };
      assert.ok(readEvent(stored, provider).about.title);
    },
  };
  const ofForgeries: Facts = {
    'refuses another body, where the body is signed': async () => {
      const { delivery } = signed();
      const verdict = await verify(delivery);
      if (!verdict.ok || !verdict.covers.includes('body')) return;
      for (const part of [0.02, 0.2, 0.4, 0.6, 0.8])
        await refuses(verify(with_(delivery, delivery.headers, flipped(delivery.body, part))), `byte at ${part}`);
      await refuses(verify(with_(delivery, delivery.headers, Buffer.alloc(0))), 'no body');
    },

    'refuses another secret, an empty one and none': async () => {
      const { delivery } = signed();
      if (trial.otherFetch)
        await refuses(verify(delivery, known, { ...context, fetch: trial.otherFetch }), 'other key');
      if (!known.length) return;
      await refuses(verify(delivery, [secrets?.other ?? '']), 'other');
      await refuses(verify(delivery, [secrets?.other ?? '', `${secrets?.other}`]), 'two others');
      for (const none of [[], [''], ['', '']]) await refuses(verify(delivery, none), 'empty');
      const unsigned = attempt(() => signed(NOW, ''));
      if (unsigned)
        for (const secret of [[''], ['', ...known]]) await refuses(verify(unsigned.delivery, secret), 'empty');
    },

    'refuses a proof that is missing, empty, doubled, cut, strange or too long': async () => {
      const { delivery, proof } = signed();
      for (const [header, value] of Object.entries(proof)) {
        const { [header]: _, ...others } = delivery.headers;
        const changes: readonly (readonly [string, Headers])[] = [
          ['missing', others],
          ['empty', { ...others, [header]: '' }],
          ...(trial.mayRepeat ? [] : [['doubled', { ...others, [header]: [value, value] }] as const]),
          ['cut', { ...others, [header]: value.slice(0, -4) }],
          ['strange', { ...others, [header]: `${value.slice(0, -4)}ééé€` }],
          ['longer', { ...others, [header]: `${value}!!` }],
          ['too long', { ...others, [header]: value + ' '.repeat(9_000) }],
          ['only letters', { ...others, [header]: 'é'.repeat(value.length) }],
        ];
        for (const [how, headers] of changes) await refuses(verify(with_(delivery, headers)), `${header} ${how}`);
        for (const separator of [',', ' ', ';', '&']) {
          const many = `${value}${separator}`.repeat(10_000);
          const short = `v1=${separator}`.repeat(2_000);
          for (const list of [many, short])
            await refuses(verify(with_(delivery, { ...others, [header]: list })), 'many');
        }
      }
    },

    'refuses what is stale or from the future, where the time is signed': async () => {
      const verdict = await verify(signed().delivery);
      if (!verdict.ok || verdict.age === undefined) return;
      for (const distance of [-TWO_DAYS, TWO_DAYS]) {
        const { delivery } = signed(new Date(NOW.getTime() + distance));
        await refuses(verify(parseDelivery({ ...delivery, receivedAt: NOW })), `${distance}`);
      }
    },

    'never throws, and accepts nothing that nobody signed': async () => {
      const names = Object.keys(signed().proof);
      await fc.assert(
        fc.asyncProperty(
          fc.array(proofText, { minLength: names.length, maxLength: names.length + 1 }),
          fc.uint8Array({ maxLength: 80 }),
          async (values, body) => {
            const headers = Object.fromEntries(names.map((each, index) => [each, values[index] ?? '']));
            const verdict = await verify(
              with_(signed().delivery, { ...sample.headers, ...headers }, Buffer.from(body)),
            );
            assert.equal(verdict.ok, false);
          },
        ),
        { numRuns: runs(25) },
      );
    },

    'says which form its secret has, and takes none of another': () => {
      if (!known.length) return;
      const form = signature.secretForm?.(options) ?? anyText;
      assert.ok(form.expected.length > 5);
      assert.equal(form.fits(secrets?.known ?? ''), true);
      assert.equal(form.fits('https://example.com/hook'), false);
      assert.equal(form.fits(''), false);
    },
  };

  // One test for each provider: there are hundreds of them, and reporting takes longer than most of what is looked at.
  it(`${name} accepts what is genuine${isSigned ? ', and nothing else' : ''}`, async () => {
    for (const [fact, check] of Object.entries({ ...ofTheGenuine, ...(isSigned && ofForgeries) }))
      try {
        await check();
      } catch (error) {
        throw new Error(`It does not hold that it ${fact}.`, { cause: error });
      }
  });

  async function refuses(verdict: Promise<Verdict>, how: string): Promise<void> {
    assert.equal((await verdict).ok, false, how);
  }
}

/** The delivery of a trial, signed as its sender would. */
export function signTrial(
  { provider: { signature }, options, delivery: sample, secrets, fetch }: Trial,
  { at = NOW, secret = secrets?.signing ?? '' }: { readonly at?: Date; readonly secret?: string } = {},
): { readonly delivery: Parsed; readonly proof: Record<string, string> } {
  const context: SignatureContext = { url: URL_OF_ENDPOINT, options, ...(fetch && { fetch }) };
  const stamped = aDelivery(sample, signature.stamp?.(sample.body, at), at);
  const sealed = parseDelivery({ ...stamped, body: signature.seal?.(stamped, secret, context) ?? stamped.body });
  const isSigned = secrets !== undefined || fetch !== undefined;
  const proof = secret || !isSigned ? signature.sign(sealed, secret, context) : {};
  return { delivery: with_(sealed, { ...sealed.headers, ...proof }), proof };
}

export function aDelivery({ headers, body }: Trial['delivery'], given: Buffer = body, receivedAt = NOW): Parsed {
  return parseDelivery({
    method: 'POST',
    url: '/in/token',
    headers,
    query: {},
    body: given,
    receivedAt,
    remoteAddress: '',
  });
}

function with_(delivery: Delivery, headers: Headers, body: Buffer = delivery.body): Parsed {
  const { method, url, query, receivedAt, remoteAddress } = delivery;
  return parseDelivery({ method, url, query, receivedAt, remoteAddress, headers, body });
}

function flipped(body: Buffer, part: number): Buffer {
  const copy = Buffer.from(body);
  const place = Math.floor(copy.length * part);
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}

/** Where only the sender can sign, nobody signs with nothing. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
