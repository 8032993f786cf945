import { randomBytes } from 'node:crypto';
import type { Parsed } from '../../core/delivery/delivery.ts';
import { AppError } from '../../core/errors.ts';
import type { FetchPublished } from '../../core/provider/fetch-published.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { AlikeScheme, FoundScheme } from '../../core/provider/scheme/find-scheme.ts';
import { safeEqual } from '../safe-equal.ts';
import type { Breathe } from './breather.ts';
import { likenessOf } from './likeness.ts';

export interface ProviderTrial {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly delivery: Parsed;
  readonly secrets: readonly string[];
  readonly url: string;
  readonly fetch: FetchPublished | undefined;
  readonly breathe: Breathe;
}

type Options = Readonly<Record<string, string>>;

/** Ways of setting one provider that are tried. */
const MOST_WAYS = 24;
/** Providers whose published keys are fetched for one question. */
const MOST_FETCHED = 4;

/** Asks every provider whether a delivery is genuine: those that say so, and those that would with another secret. */
export async function tryProviders(
  trial: ProviderTrial,
): Promise<{ readonly found: readonly FoundScheme[]; readonly alike: readonly AlikeScheme[] }> {
  const { providers, delivery, secrets, fetch, breathe } = trial;
  const found: FoundScheme[] = [];
  const alike: AlikeScheme[] = [];
  const published = new Map<string, Options>();
  // Without a secret nothing could be told apart from a delivery that carries no proof at all.
  const tried = secrets.length ? secrets : [randomBytes(32).toString('hex')];

  for (const name of providers.keys()) {
    await breathe();
    const provider = providers.get(name);
    if (!provider || provider.anybody) continue;
    for (const options of waysOf(provider, delivery, secrets)) await ask(name, provider, options);
  }
  if (fetch && !found.some(({ covers }) => covers.includes('body')))
    for (const [name, options] of [...published].slice(0, MOST_FETCHED)) {
      const provider = providers.get(name);
      if (provider) await ask(name, provider, options, fetch);
    }
  return { found, alike };

  async function ask(name: string, provider: Provider, options: Options, fetching?: FetchPublished): Promise<void> {
    let wouldFetch = false;
    const context = {
      url: trial.url,
      options,
      fetch: fetching ?? refuseTo(() => (wouldFetch = true)),
    };
    const verdict = await provider.signature.verify(delivery, tried, context);
    if (wouldFetch) published.set(name, options);
    const about = { provider: name, title: provider.title, options };
    const likeness = () => likenessOf(name, provider, delivery, options);
    const isProven = verdict.secret !== undefined ? secrets.length > 0 : verdict.ok && fetching !== undefined;
    const secret = verdict.secret === undefined ? {} : { secret: verdict.secret };
    if (verdict.ok && isProven) found.push({ ...about, ...secret, covers: verdict.covers, likeness: likeness() });
    else if (!verdict.ok && verdict.fault === 'time' && verdict.age !== undefined)
      found.push({ ...about, ...secret, covers: ['time'], off: verdict.age, likeness: likeness() });
    else if (!verdict.ok && verdict.fault === 'secret') alike.push({ ...about, likeness: likeness() });
  }
}

function refuseTo(note: () => void): FetchPublished {
  return async () => {
    note();
    throw new AppError(409, 'not_fetched', 'Keys are fetched only where nothing else matches.');
  };
}

/** A provider as it is when nothing is chosen, and with every choice it has. */
function waysOf({ options = {} }: Provider, { headers }: Parsed, secrets: readonly string[]): readonly Options[] {
  let ways: readonly Options[] = [{}];
  for (const [name, { choices = [] }] of Object.entries(options))
    ways = ways.flatMap((way) => [way, ...choices.map((choice) => ({ ...way, [name]: choice }))]);
  if (!Object.hasOwn(options, 'header')) return ways.slice(0, MOST_WAYS);
  // Where people name the header, only one that carries a secret alone can be it.
  const bearing = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && secrets.map((each) => safeEqual(Buffer.from(value), Buffer.from(each))).includes(true)
      ? [name]
      : [],
  );
  return [...ways, ...bearing.map((header) => ({ header }))].slice(0, MOST_WAYS);
}
