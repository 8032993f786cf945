import type { Parsed } from '../../core/delivery/delivery.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import { at } from '../../core/delivery/readers.ts';
import { AppError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Candidate, Recognition, Recognize, Recognized } from '../../core/provider/recognize.ts';
import { createBreather } from '../finding/breather.ts';
import { likenessOf } from '../finding/likeness.ts';
import { marksOf } from './provider-marks.ts';

export interface RecognizerParts {
  /** Each is loaded when somebody is to be recognised for the first time. */
  readonly providers: ReadonlyMap<string, Provider>;
}

/** Candidates that are named. */
const MOST = 4;
/** How much has to speak for a candidate to be named at all, and to be clearly the one. */
const ENOUGH = 4;
const CLEAR = 6;
const AHEAD = 1.5;
/** A candidate for which less than this share of what speaks for the first one does is not named. */
const NEAR = 0.5;
/** What a header says that one provider alone has; what several have says less. */
const MARK = 6;
const DECLARED = 4;
const WELL_FORMED = 1;

/** Recognises senders, one delivery at a time, so that several that ask at once take no more of the processor than one. */
export function createRecognizer({ providers }: RecognizerParts): Recognize {
  const marks = new Map<string, ReadonlySet<string>>();
  const sharing = new Map<string, number>();
  let before: Promise<unknown> = Promise.resolve();

  return (delivery) => {
    const answer = before.then(() => recognize(parseDelivery(delivery)));
    before = answer.catch(() => undefined);
    return answer;
  };

  /** What each provider is known by, and how many are known by the same. */
  async function learn(breathe: () => Promise<void>): Promise<void> {
    if (marks.size > 0) return;
    const learned = new Map<string, ReadonlySet<string>>();
    for (const name of providers.keys()) {
      await breathe();
      const provider = providers.get(name);
      if (provider && !provider.anybody) learned.set(name, marksOf(provider));
    }
    for (const own of learned.values()) for (const mark of own) sharing.set(mark, (sharing.get(mark) ?? 0) + 1);
    for (const [name, own] of learned) marks.set(name, own);
  }

  async function recognize(delivery: Parsed): Promise<Recognized> {
    const breathe = createBreather();
    await learn(breathe);
    const found: Candidate[] = [];
    for (const [name, own] of marks) {
      await breathe();
      const provider = providers.get(name);
      if (!provider) continue;
      const likeness =
        markedBy(own, delivery) +
        declaredBy(provider.recognize, delivery) +
        (await formedBy(provider, delivery)) +
        likenessOf(name, provider, delivery, {});
      if (likeness >= ENOUGH) found.push({ provider: name, title: provider.title, likeness });
    }
    const [first, ...others] = found.toSorted((a, b) => b.likeness - a.likeness).slice(0, MOST);
    const near = others.filter(({ likeness }) => first && likeness >= first.likeness * NEAR);
    const candidates = first ? [first, ...near] : [];
    const [second] = others;
    return {
      candidates,
      clear: first !== undefined && first.likeness >= CLEAR && first.likeness - (second?.likeness ?? 0) >= AHEAD,
    };
  }

  function markedBy(own: ReadonlySet<string>, { headers }: Parsed): number {
    return [...own]
      .filter((mark) => Object.hasOwn(headers, mark) && headers[mark] !== '')
      .reduce((sum, mark) => sum + MARK / (sharing.get(mark) ?? 1), 0);
  }
}

/** Whether its signature is of the right form, whoever made it. Nothing is fetched for that. */
async function formedBy({ signature }: Provider, delivery: Parsed): Promise<number> {
  const verdict = await signature.verify(delivery, ['a-secret-that-nobody-has'], {
    url: 'https://hooks.example/in/token',
    options: {},
    fetch: async () => {
      throw new AppError(409, 'not_fetched', 'Nothing is fetched to recognise a sender.');
    },
  });
  return !verdict.ok && verdict.fault !== undefined ? WELL_FORMED : 0;
}

function declaredBy({ headers, agent, fields }: Recognition = {}, delivery: Parsed): number {
  const given = delivery.headers['user-agent'];
  return (
    (headers?.every((name) => Object.hasOwn(delivery.headers, name)) ? DECLARED / 2 : 0) +
    (agent && typeof given === 'string' && given.toLowerCase().startsWith(agent.toLowerCase()) ? DECLARED : 0) +
    (fields?.every((path) => at(delivery.payload, path) !== undefined) ? DECLARED : 0)
  );
}
