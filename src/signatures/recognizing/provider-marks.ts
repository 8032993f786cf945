import type { Delivery, Parsed } from '../../core/delivery/delivery.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SignatureContext } from '../../core/provider/signature.ts';

/** Headers that any request may have, whoever sends it. */
const COMMON = new Set(
  'accept authorization content-encoding content-length content-type cookie date host origin user-agent x-request-id x-forwarded-for'.split(
    ' ',
  ),
);

/** The headers by which a provider's deliveries are known: those it declares, signs with, and has its type and id read from. */
export function marksOf(provider: Provider): ReadonlySet<string> {
  const marks = new Set<string>(provider.recognize?.headers ?? []);
  const watched = watch(marks);
  for (const options of waysOf(provider)) {
    const context: SignatureContext = { url: 'https://hooks.example/in/token', options };
    attempt(() => {
      for (const name of Object.keys(provider.signature.sign(plain(), made(provider), context))) marks.add(name);
    });
    attempt(() => provider.signature.verify(watched, ['a-secret-that-nobody-has'], context));
    attempt(() => provider.handshake?.answer?.(watched, [], context));
    attempt(() => provider.eventType(watched, options));
    attempt(() => provider.deliveryId?.(watched, options));
  }
  return new Set([...marks].map((name) => name.toLowerCase()).filter((name) => !COMMON.has(name)));
}

/** As it is when nothing is chosen, and with each choice alone. */
function waysOf({ options = {} }: Provider): readonly Readonly<Record<string, string>>[] {
  return [
    {},
    ...Object.entries(options).flatMap(([name, { choices = [] }]) => choices.map((each) => ({ [name]: each }))),
  ];
}

function made({ makeSecret }: Provider): string {
  return makeSecret?.() ?? 'a-secret-that-nobody-has';
}

function plain(): Parsed {
  return parseDelivery(DELIVERY);
}

const DELIVERY: Delivery = {
  method: 'POST',
  url: '/in/token',
  headers: { 'content-type': 'application/json' },
  query: {},
  body: Buffer.from('{}'),
  receivedAt: new Date(0),
  remoteAddress: '',
};

/** A delivery that notes which of its headers are asked for, and has none. */
function watch(asked: Set<string>): Parsed {
  const note = (name: string | symbol) => {
    if (typeof name === 'string') asked.add(name);
    return undefined;
  };
  const headers = new Proxy<Record<string, string>>(
    {},
    {
      get: (_target, name) => note(name),
      getOwnPropertyDescriptor: (_target, name) => note(name),
      has: (_target, name) => {
        note(name);
        return false;
      },
    },
  );
  return parseDelivery({ ...DELIVERY, headers });
}

/** What fails on a delivery without anything has been asked for by then. */
function attempt(read: () => unknown): void {
  try {
    const result = read();
    if (result instanceof Promise) result.catch(() => undefined);
  } catch {
    // A strange shape, or a secret of the wrong form: nothing more is learned.
  }
}
