import { type Caller, owns } from '../../core/command/permission.ts';
import type { View } from '../../core/command/view.ts';
import { channelsToSee, sightOf } from '../../core/command/visibility.ts';
import { AppError } from '../../core/errors.ts';
import type { Place } from '../../core/settings/channel.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { findEndpoint, lookUpEndpoint } from '../../core/settings/endpoint-lookup.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { inNaturalOrder } from '../../core/text/natural-order.ts';
import type { Seeing } from './seeing.ts';

/** A caller's view, and what the runner has to know of how it was used. */
export interface WatchedView extends View {
  /** The endpoint of an id, if the caller may know of it. Throws `AppError` where nobody can say. */
  byId(id: string): Promise<Endpoint | undefined>;
  /** Whether it is certain that the caller may know what goes to a channel; where nobody can say, that is noted. */
  surelySees(place: Place): Promise<boolean>;
  /** Whether there is no endpoint of an id any more. */
  isGone(id: string): boolean;
  /** Notes that the caller was shown something of an endpoint. */
  noteShown(endpointId: string): void;
  /** Whether everybody who reads the channel the caller asks from may know of all endpoints that were looked at. */
  isForTheChannel(): Promise<boolean>;
  /** Why something was left out, as sentences. */
  readonly gaps: ReadonlySet<string>;
}

export interface ViewParts {
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly seeing: Seeing;
  readonly caller: Caller;
}

/** At most so many are asked at the same time, so that reading everything does not flood a platform. */
const AT_ONCE = 10;

export function createView({ settings, seeing, caller }: ViewParts): WatchedView {
  const shown = new Set<string>();
  const gaps = new Set<string>();
  /** Why it is not certain which endpoints there are for the caller. */
  const doubts = new Set<string>();
  const asked = new Map<string, Promise<boolean>>();

  /** Asks once in a view, so that a platform that does not answer is not asked for each endpoint again. */
  function sees(place: Place): Promise<boolean> {
    const key = `${place.platform}\n${place.channel}`;
    const answer = asked.get(key) ?? ask(place);
    asked.set(key, answer);
    return answer;
  }

  async function ask(place: Place): Promise<boolean> {
    const sight = sightOf(caller, place);
    if (sight === 'given') return true;
    return sight === 'must be open' ? seeing.isOpen(place) : seeing.sees(caller.user, place);
  }

  async function knows(endpoint: Endpoint): Promise<boolean> {
    if (owns(caller, endpoint)) return true;
    const answers = await Promise.allSettled(channelsToSee(caller, endpoint).map(sees));
    if (answers.some((answer) => answer.status === 'fulfilled' && answer.value)) return true;
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (!failed) return false;
    if (failed.reason instanceof AppError) doubts.add(failed.reason.message);
    throw failed.reason;
  }

  /** An answer, or the one that is safe where nobody can say, which is noted. */
  async function orElse<T>(answer: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      gaps.add(error.message);
      return otherwise;
    }
  }

  async function keep<T>(things: readonly T[], holds: (thing: T) => Promise<boolean>): Promise<readonly T[]> {
    const kept: T[] = [];
    for (let at = 0; at < things.length; at += AT_ONCE) {
      const some = things.slice(at, at + AT_ONCE);
      const answers = await Promise.all(some.map((thing) => orElse(holds(thing), false)));
      kept.push(...some.filter((_, index) => answers[index]));
    }
    return kept;
  }

  async function narrow(endpoint: Endpoint): Promise<Endpoint> {
    shown.add(endpoint.id);
    if (owns(caller, endpoint)) return endpoint;
    const routes = await keep(endpoint.routes, sees);
    const rules = endpoint.rules?.filter(({ routeId }) => !routeId || routes.some(({ id }) => id === routeId));
    return { ...endpoint, routes, ...(rules && { rules }) };
  }

  async function endpoints(): Promise<readonly Endpoint[]> {
    const known = await Promise.all((await keep(settings.current.endpoints, knows)).map(narrow));
    return known.toSorted((one, other) => inNaturalOrder(one.name, other.name));
  }

  async function lookUpIn(all: readonly Endpoint[], typed: string): Promise<Endpoint | undefined> {
    const found = lookUpEndpoint({ endpoints: all }, typed);
    return found && (await knows(found)) ? narrow(found) : undefined;
  }

  const byId = (id: string) =>
    lookUpIn(
      settings.current.endpoints.filter((endpoint) => endpoint.id === id),
      id,
    );
  const lookUp = (typed: string) => orElse(lookUpIn(settings.current.endpoints, typed), undefined);

  return {
    sees,
    surelySees: (place) => orElse(sees(place), false),
    endpoints,
    gaps,
    lookUp,
    byId,
    async find(typed) {
      const found = await lookUp(typed);
      if (found) return found;
      const known = await endpoints();
      const [doubt] = doubts;
      // Whether there is one that they may not know of must not show: a name that nothing has gets the same answer.
      if (doubt) throw new AppError(503, 'visibility_unknown', `${doubt} ${ONLY_THEN}`);
      return findEndpoint({ endpoints: known }, typed);
    },
    people: () => settings.current.people,
    async mutes(endpointId) {
      const of = endpointId === undefined ? await endpoints() : [await byId(endpointId)];
      const ids = new Set(of.flatMap((endpoint) => endpoint?.id ?? []));
      return settings.current.mutes.filter((mute) => ids.has(mute.endpointId));
    },
    isGone: (id) => !settings.current.endpoints.some((endpoint) => endpoint.id === id),
    noteShown: (endpointId) => void shown.add(endpointId),
    async isForTheChannel() {
      const { platform, channel } = caller;
      const isKnownHere = async (id: string) => {
        const routes = settings.current.endpoints.find((endpoint) => endpoint.id === id)?.routes ?? [];
        const here = routes.filter((route) => route.platform === platform);
        if (here.some((route) => route.channel === channel)) return true;
        const open = await Promise.allSettled(here.map((route) => seeing.isOpen(route)));
        return open.some((answer) => answer.status === 'fulfilled' && answer.value);
      };
      return (await Promise.all([...shown].map(isKnownHere))).every(Boolean);
    },
  };
}

const ONLY_THEN = 'So it cannot tell which endpoints it may show you. Try again in a moment.';
