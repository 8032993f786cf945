import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import type { RuleDesk } from '../../core/command/desks/rule-desk.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Watched } from '../../core/settings/mute.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { DAY } from '../../core/text/duration.ts';
import { toCondition } from '../../filter/to-condition.ts';
import { openEvent, withTitle } from '../../reading/event/open-event.ts';
import { type ReadEvent, readWhole } from '../../reading/read-event.ts';
import { decide } from '../decide.ts';
import { toRules } from '../deciding/rules.ts';
import { storedFacts } from '../deciding/stored-facts.ts';
import { createFiringLog, FIRES_FOR } from '../mutes/firing-log.ts';
import { createFieldWatch } from './field-watch.ts';
import { createTally } from './tally.ts';

export interface TryParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'events'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly mask: SecretMask;
  readonly titleOf: (event: StoredEvent, read: ReadEvent) => string;
  /** Called now and then with how many events were looked at. */
  readonly onProgress: (endpointId: string, events: number) => void;
}

const WEEK = 7 * DAY;
/** How many events a trial looks at, and for how many milliseconds. */
const MOST = { events: 100_000, time: 20_000 } as const;
/** A page is small enough to be garbage before memory is collected twice: what is older costs a longer pause. */
const PAGE = { limit: 50, maxBytes: 1024 * 1024 } as const;
/** How long a trial keeps the loop to itself, in milliseconds: deliveries come first. */
const SLICE = 2;
const TELL_EVERY = 1_000;

/** Decides stored events as they would be before and after a change, by the very function that decides new ones. */
export function createTry({
  providers,
  settings,
  journal,
  clock,
  mask,
  titleOf,
  onProgress,
}: TryParts): RuleDesk['try'] {
  return async ({ endpointId, changes, routeIds, span = WEEK }) => {
    const { current } = settings;
    const before = toRules(current);
    const trials = changes.map((change) => {
      const changed = change(current);
      const fields = createFieldWatch(newPaths(endpointId, { current, changed }));
      return { after: toRules(changed), tally: createTally(routeIds), fields };
    });
    const since = new Date(clock.now().getTime() - span);
    const firing = createFiringLog({ journal, providers });
    const watched = new Set([before, ...trials.map(({ after }) => after)].flatMap((rules) => rules.watched));
    await firing.load([...watched], new Date(since.getTime() - FIRES_FOR));
    const until = performance.now() + MOST.time;
    let events = 0;
    let partial = false;
    let sliceEnd = performance.now() + SLICE;
    const read = (before?: string) =>
      journal.events.past({ endpointId, since, ...PAGE, ...(before !== undefined && { before }) });
    for (let next = read(); ; ) {
      const page = await next;
      if (page.length === 0) break;
      partial = events >= MOST.events || performance.now() > until;
      if (partial) break;
      // The next page is fetched while this one is decided.
      next = read(page.at(-1)?.id);
      next.catch(() => undefined);
      for (const event of page) {
        if (performance.now() > sliceEnd) {
          await nextTurn();
          sliceEnd = performance.now() + SLICE;
        }
        const seen = openEvent(event, providers.get(event.provider), mask);
        const asOf = { now: event.receivedAt, before: event.id };
        const isFiring = (of: Watched) => firing.isFiring(of, asOf);
        const about = withTitle(seen.about, () => titleOf(event, readWhole(seen)));
        const facts = { ...storedFacts(event, seen, about), isFiring };
        const was = decide(facts, before, event.receivedAt);
        for (const { after, tally, fields } of trials) {
          tally.add(event, { before: was, after: decide(facts, after, event.receivedAt), about });
          fields.see(seen);
        }
        events++;
        if (events % TELL_EVERY === 0) onProgress(endpointId, events);
      }
    }
    return trials.map(({ tally, fields }) => ({
      since,
      events,
      partial,
      ...tally.result(),
      missing: events ? fields.missing() : [],
    }));
  };
}

/** The fields of the payload that a change asks for and nothing asked for before. */
function newPaths(
  endpointId: string,
  { current, changed }: { readonly current: SettingsStore['current']; readonly changed: SettingsStore['current'] },
): readonly string[] {
  const known = new Set(conditionsIn(endpointId, current));
  const fresh = conditionsIn(endpointId, changed).filter((text) => !known.has(text));
  return [...new Set(fresh.flatMap((text) => toCondition(text).paths))];
}

function conditionsIn(endpointId: string, { endpoints, mutes }: SettingsStore['current']): readonly string[] {
  const { routes = [], rules = [] } = endpoints.find(({ id }) => id === endpointId) ?? {};
  return [
    ...routes.flatMap(({ when, filter, digest, quiet }) => [when, filter, digest?.except, quiet?.except]),
    ...rules.map(({ when }) => when),
    ...mutes.filter((mute) => mute.endpointId === endpointId).map(({ where }) => where),
  ].filter((text) => text !== undefined);
}
