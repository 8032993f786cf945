import type { Parsed } from '../../core/delivery/delivery.ts';
import type { Provider } from '../../core/provider/provider.ts';

/** Words in the names of providers that say nothing of who they are. */
const COMMON = new Set(
  'webhooks webhook cloud server events event hook api app data the and com legacy marketing v2 v3 signature delivery request service sign auth hooks id time connect'.split(
    ' ',
  ),
);
/** Bytes of a body in which a name is looked for. */
const LOOKED_AT = 20_000;

/** How much of a delivery, besides its proof, speaks for a provider: its name in headers and body, and what it always sends. */
export function likenessOf(
  name: string,
  provider: Provider,
  delivery: Parsed,
  options: Readonly<Record<string, string>>,
): number {
  const words = [...new Set([name.replaceAll('-', ''), ...name.split('-'), ...(provider.aliases ?? [])])].filter(
    (word) => word.length > 2 && !COMMON.has(word),
  );
  const headers = Object.entries(delivery.headers)
    .map(([header, value]) => (/agent|origin|from/.test(header) ? `${header} ${[value].flat().join(' ')}` : header))
    .join('\n')
    .toLowerCase();
  const inHeaders = words.filter((word) => new RegExp(`(?:^|[^a-z])${word}`, 'm').test(headers));
  const body = delivery.body.toString('latin1', 0, LOOKED_AT).toLowerCase();
  const longest = Math.max(0, ...inHeaders.map(({ length }) => length));
  const type = attempt(() => provider.eventType(delivery, options));
  const read = Object.values(provider.about).map((reader) =>
    typeof reader === 'function'
      ? attempt(() => reader({ ...toPlain(delivery), type: type ?? '' }) as unknown)
      : undefined,
  );
  const share = read.length ? read.filter((value) => value !== undefined).length / read.length : 0;
  return (
    (inHeaders.length ? 4 + longest / 100 : 0) +
    (words.some((word) => word.length > 3 && body.includes(word)) ? 1 : 0) +
    (type ? 2 : 0) +
    (attempt(() => provider.deliveryId?.(delivery, options)) ? 1 : 0) +
    2 * share +
    (type && attempt(() => provider.contradicts?.(delivery, type)) ? -4 : 0) +
    (provider.evidence === 'vendor' ? 0.1 : 0)
  );
}

/** A delivery's members as values, for reading is lazy. */
function toPlain(delivery: Parsed): Parsed {
  const { format, payload, problem } = delivery;
  return { ...delivery, format, payload, problem };
}

function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    // A reader that fails on a strange shape found nothing.
    return undefined;
  }
}
