import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { FetchPublished } from '../../core/provider/fetch-published.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type {
  FindScheme,
  FoundScheme,
  SchemeFinding,
  SchemeQuestion,
  SeenProof,
} from '../../core/provider/scheme/find-scheme.ts';
import { OWN_SCHEME } from '../../core/provider/scheme/scheme-axes.ts';
import { describeDigest, plainHash } from '../digest.ts';
import { createBreather } from './breather.ts';
import { algorithmOf, readProofs } from './read-proofs.ts';
import { tryAxes } from './try-axes.ts';
import { tryProviders } from './try-providers.ts';

export interface SchemeFinderParts {
  /** Each is loaded when it is first asked. */
  readonly providers: ReadonlyMap<string, Provider>;
  readonly fetch?: FetchPublished;
}

const MOST_SECRETS = 30;
const MOST_ALIKE = 5;

/** Finds schemes, one question at a time, so that several that ask at once take no more of the processor than one. */
export function createSchemeFinder({ providers, fetch }: SchemeFinderParts): FindScheme {
  let before: Promise<unknown> = Promise.resolve();
  return (question) => {
    const answer = before.then(() => find(question));
    before = answer.catch(() => undefined);
    return answer;
  };

  async function find({ delivery: given, secrets: all, url }: SchemeQuestion): Promise<SchemeFinding> {
    const breathe = createBreather();
    const delivery = parseDelivery(given);
    const secrets = all.slice(0, MOST_SECRETS);
    const known = await tryProviders({ providers, delivery, secrets, url, fetch, breathe });
    const title = providers.get(OWN_SCHEME)?.title ?? OWN_SCHEME;
    const isCertain = known.found.some(({ off, covers }) => off === undefined && covers.length > 0);
    const own = await tryAxes({ delivery, secrets, url, title, thorough: !isCertain, breathe });
    return {
      found: [...known.found, ...own.found].toSorted((a, b) => rank(b) - rank(a)),
      alike: known.alike.toSorted((a, b) => b.likeness - a.likeness).slice(0, MOST_ALIKE),
      proofs: seenIn(delivery),
      complete: own.complete,
    };
  }
}

/** What accepts the delivery comes before what nearly does; then what covers more of it, and what else speaks for the sender. */
function rank({ twist, off, covers, likeness, provider, options }: FoundScheme): number {
  const accepted = twist === undefined && off === undefined ? 100 : off === undefined ? 0 : 50;
  // Many senders let people name a header of their own, so that one says nothing of who it is.
  const own = provider === OWN_SCHEME ? -3 : options.header ? -4 : 0;
  return accepted + (covers.includes('body') ? 5 : 0) + (covers.includes('time') ? 1 : 0) + likeness + own;
}

function seenIn(delivery: Parameters<typeof readProofs>[0]): readonly SeenProof[] {
  const seen = new Map<string, SeenProof>();
  for (const proof of readProofs(delivery)) {
    const algorithm = algorithmOf(proof);
    if (!algorithm || seen.has(proof.where)) continue;
    const plain = proof.bytes.equals(plainHash(algorithm, delivery.body));
    seen.set(proof.where, { where: proof.where, what: describeDigest({ algorithm, encoding: proof.encoding }), plain });
  }
  return [...seen.values()];
}
