import type { Clock } from '../../core/clock.ts';
import type { SilenceDesk } from '../../core/command/desks/silence-desk.ts';
import type { EventSummary } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Silence } from '../../core/event/noted/silence.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Address } from '../../core/settings/address.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { endpointUrl } from '../../core/settings/endpoint-url.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { DAY, HOUR, MINUTE } from '../../core/text/duration.ts';
import { readEvent } from '../../reading/read-event.ts';
import type { Notifier } from '../notices/notifier.ts';
import { toBackNotice, toSilentNotice } from '../notices/silence.ts';
import { findReturn } from './find-return.ts';
import type { Probe } from './probe.ts';
import { learnRhythm, type Rhythm } from './rhythm.ts';

export interface SilenceWatch extends SilenceDesk {
  /** Posts a notice of each endpoint that has fallen silent, once, and of each that delivers again. */
  watch(): Promise<void>;
}

export interface SilenceWatchParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'events' | 'refusals' | 'silences' | 'audit'>;
  readonly clock: Clock;
  readonly mask: SecretMask;
  readonly address: Pick<Address, 'url'>;
  readonly probe: Pick<Probe, 'reach'>;
  readonly notify: Notifier['notify'];
}

/** How far back a rhythm is learned from, and how often it is learned anew. */
const LEARNED = { from: 28 * DAY, every: 6 * HOUR } as const;
/** Rhythms that are learned in one round, for each reads many deliveries. */
const LEARNED_AT_ONCE = 10;
/** A shorter silence is not looked at. */
const SHORTEST = 5 * MINUTE;
/** An endpoint whose rhythm somebody said is silent after so many times that. */
const TOLD_TOLERANCE = 1.5;
/** While Bellhop was away nothing could arrive: after a restart it waits this long at most before it reports silence. */
const LONGEST_GRACE = 6 * HOUR;
/** A wall clock that goes on so much further than time did was set, or the machine slept. */
const JUMP = 10 * MINUTE;
/** The newest events among which the last delivery is: a handshake is not a delivery. */
const NEWEST = 20;
const REFUSALS = 100;

export function createSilenceWatch(parts: SilenceWatchParts): SilenceWatch {
  const { providers, settings, journal, clock, mask, address, probe, notify } = parts;
  const learned = new Map<string, { readonly at: number; readonly rhythm: Rhythm | undefined }>();
  let listening = clock.now().getTime();
  let seen = { wall: listening, elapsed: clock.elapsed() };
  let running: Promise<void> | undefined;

  async function lastOf(endpointId: string): Promise<EventSummary | undefined> {
    const newest = await journal.events.list({ endpointId, limit: NEWEST });
    return newest.find(({ type }) => type !== 'handshake');
  }

  async function rhythmOf(endpointId: string, mayLearn: () => boolean = () => true): Promise<Rhythm | undefined> {
    const now = clock.now().getTime();
    const known = learned.get(endpointId);
    if ((known && now - known.at < LEARNED.every) || !mayLearn()) return known?.rhythm;
    return learn(endpointId, now);
  }

  async function learn(endpointId: string, now: number): Promise<Rhythm | undefined> {
    const rhythm = learnRhythm(
      await journal.events.arrivals(endpointId, { since: new Date(now - LEARNED.from), until: new Date(now) }),
    );
    learned.set(endpointId, { at: now, rhythm });
    return rhythm;
  }

  /** A rhythm that was learned before the last delivery does not include the last day: it is learned anew before silence is reported. */
  async function isSilent(endpointId: string, { since, now }: { readonly since: number; readonly now: number }) {
    const known = learned.get(endpointId);
    if (!known?.rhythm?.isSilent(since, now)) return false;
    return known.at >= since || (await learn(endpointId, now))?.isSilent(since, now) === true;
  }

  function noteTime(now: number): void {
    const elapsed = clock.elapsed();
    if (now - seen.wall - (elapsed - seen.elapsed) > JUMP) listening = now;
    seen = { wall: now, elapsed };
  }

  async function round(): Promise<void> {
    const now = clock.now().getTime();
    noteTime(now);
    let learnings = 0;
    const silences = new Map((await journal.silences.list()).map((silence) => [silence.endpointId, silence]));
    for (const endpoint of settings.current.endpoints) {
      const silence = silences.get(endpoint.id);
      silences.delete(endpoint.id);
      const last = await lastOf(endpoint.id);
      if (!last) continue;
      const since = last.receivedAt.getTime();
      const back = silence && (await findReturn(journal, silence));
      if (silence && back) await welcomeBack(endpoint, silence, back.receivedAt);
      else if (!silence && now - since >= SHORTEST && endpoint.expect !== 0) {
        const rhythm = endpoint.expect ? undefined : await rhythmOf(endpoint.id, () => learnings++ < LEARNED_AT_ONCE);
        await judge(endpoint, { last, rhythm, now });
      }
    }
    for (const endpointId of silences.keys()) await notify([], { silence: { endpointId, over: true } });
    for (const id of learned.keys()) if (!settings.current.endpoints.some((each) => each.id === id)) learned.delete(id);
  }

  async function isLate(
    { id, expect }: Endpoint,
    { since, now }: { readonly since: number; readonly now: number },
  ): Promise<boolean> {
    return expect ? now - since > TOLD_TOLERANCE * expect : isSilent(id, { since, now });
  }

  async function judge(
    endpoint: Endpoint,
    { last, rhythm, now }: { readonly last: EventSummary; readonly rhythm: Rhythm | undefined; readonly now: number },
  ): Promise<void> {
    const since = last.receivedAt.getTime();
    const usual = endpoint.expect ?? rhythm?.usualGap(since);
    if (usual === undefined || now - listening < Math.min(usual, LONGEST_GRACE)) return;
    if (!(await isLate(endpoint, { since, now }))) return;
    const [page, refusals, reached] = await Promise.all([
      logPage(endpoint, last),
      journal.refusals.list({ endpointId: endpoint.id, limit: REFUSALS }),
      probe.reach(endpointUrl(address.url, endpoint)),
    ]);
    const refused = refusals.filter(({ at }) => at > last.receivedAt);
    const provider = providers.get(endpoint.provider);
    await notify(
      toSilentNotice({
        endpoint,
        provider,
        last,
        usual,
        refused,
        most: REFUSALS,
        reached,
        publicUrl: address.url,
        page,
      }),
      { silence: { endpointId: endpoint.id, since: last.receivedAt } },
    );
  }

  /** The address at which the provider shows its deliveries, as far as the last of them tells. */
  async function logPage({ provider: name }: Endpoint, last: EventSummary): Promise<string | undefined> {
    const provider = providers.get(name);
    const event = provider?.deliveryLog?.url && (await journal.events.get(last.id));
    return event && provider.deliveryLog?.url?.(readEvent(event, provider, mask).incoming);
  }

  async function welcomeBack(endpoint: Endpoint, { since }: Silence, until: Date): Promise<void> {
    const rhythm = endpoint.expect ? undefined : await rhythmOf(endpoint.id);
    const expected = endpoint.expect
      ? Math.floor((until.getTime() - since.getTime()) / endpoint.expect)
      : rhythm?.expected(since.getTime(), until.getTime());
    const provider = providers.get(endpoint.provider);
    const notices = endpoint.expect === 0 ? [] : toBackNotice({ endpoint, provider, since, until, expected });
    await notify(notices, {
      silence: { endpointId: endpoint.id, over: true },
    });
  }

  return {
    watch: () => (running ??= round().finally(() => (running = undefined))),
    async rhythm(endpoint, last = clock.now()) {
      if (endpoint.expect === 0) return undefined;
      const [since, now] = [last.getTime(), clock.now().getTime()];
      const usual = endpoint.expect ?? (await rhythmOf(endpoint.id))?.usualGap(since);
      if (usual === undefined) return undefined;
      return { usual, expected: endpoint.expect !== undefined, silent: await isLate(endpoint, { since, now }) };
    },
    silentSince: async (endpointId) =>
      (await journal.silences.list()).find((silence) => silence.endpointId === endpointId)?.since,
  };
}
