import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Relay } from '../../core/event/relay.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Watched } from '../../core/settings/mute.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { readEvent } from '../../reading/read-event.ts';
import type { EventComposer } from '../compose-event.ts';
import { decide } from '../decide.ts';
import { createFiringLog, FIRES_FOR } from '../mutes/firing-log.ts';
import { readPings } from './ping-history.ts';
import { toRules } from './rules.ts';
import { storedFacts } from './stored-facts.ts';

export interface DecideAgainParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Pick<Clock, 'now'>;
  readonly mask: SecretMask;
  readonly titleOf: EventComposer['title'];
  readonly mentionsIn: EventComposer['mentions'];
}

/** Decides stored events by today's rules. What it depends on is read from the journal, for another node may have decided the rest. */
export function createDecideAgain(parts: DecideAgainParts): Relay['decideAgain'] {
  const { providers, settings, journal, clock, mask, titleOf, mentionsIn } = parts;

  async function readFiring(endpointId: string, now: Date) {
    const firing = createFiringLog({ journal, providers });
    const mutes = settings.current.mutes.filter((mute) => mute.endpointId === endpointId);
    const watched = new Set(mutes.flatMap((mute) => mute.while?.endpointId ?? []));
    await firing.load([...watched], new Date(now.getTime() - FIRES_FOR));
    return firing;
  }

  return async (event, at) => {
    const read = readEvent(event, providers.get(event.provider), mask);
    const about = { ...read.parts, title: titleOf(event, read) };
    const facts = storedFacts(event, read, about);
    const mentions = mentionsIn(event, read);
    const now = at ?? clock.now();
    const firing = await readFiring(event.endpointId, now);
    // Another moment is that of the event itself.
    const asOf = { now, ...(at && { before: event.id }) };
    const isFiring = (watched: Watched) => firing.isFiring(watched, asOf);
    const pings = mentions.names.length > 0 ? await readPings(journal, about, now) : [];
    const earlierPings = pings.filter(({ eventId }) => eventId !== event.id);
    const decision = decide({ ...facts, mentions, earlierPings, isFiring }, toRules(settings.current), now);
    return { about: { ...about, ...(decision.severity && { severity: decision.severity }) }, decision };
  };
}
