import type { Clock } from '../../core/clock.ts';
import type { Claims } from '../../core/cluster.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Relay } from '../../core/event/relay.ts';
import type { Log } from '../../core/log.ts';
import { isSamePlace } from '../../core/settings/channel.ts';
import { isOver, type Mute } from '../../core/settings/mute.ts';
import { heldByRoute } from '../../core/settings/route-hold.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { watchHours } from '../../core/text/calendar/weekly-hours.ts';
import type { Decider } from '../decide-events.ts';
import { toRules } from '../deciding/rules.ts';
import { phaseOf } from '../following/phase.ts';
import { createTurns } from '../nodes/turns.ts';
import type { Notifier } from '../notices/notifier.ts';
import { type JudgedChannel, toDigest } from './digest.ts';
import { FIRES_FOR, type FiringLog } from './firing-log.ts';
import { type HeldChannel, readHeld } from './held.ts';
import { createPauses } from './pauses.ts';
import { createReminder } from './remind.ts';
import { toRouteDigest } from './route-digest.ts';
import { judgeHeld } from './standing.ts';

export interface MuteEnderParts {
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly between: Decider['between'];
  readonly notify: Notifier['notify'];
  readonly firing: FiringLog;
  /** Of several nodes, one at a time writes the digest of a mute or a route; nothing where there is one. */
  readonly claims?: Claims | undefined;
}

type MuteRequests = Pick<
  Relay,
  'endMute' | 'endMutes' | 'digestRemovedMutes' | 'releaseHeld' | 'remindOfMutes' | 'announce'
>;

/** What is posted of its own when a mute ends: more of it the digest lists. */
const POSTED = 20;

/** Ends mutes, and gives each channel the digest of what was held for it. */
export function createMuteEnder(
  parts: MuteEnderParts & {
    /** Makes what is held due, and gives back how many. */
    readonly postHeld: (postIds: readonly string[]) => Promise<number>;
  },
): MuteRequests {
  const { settings, journal, clock, log, firing, between, notify, postHeld, claims } = parts;
  const inTurn = createTurns(claims, clock);
  /** Writes what a mute or a route holds between two decisions, and while no other node does. */
  const write = <T>(holder: string, work: () => Promise<T>) => inTurn(`digest ${holder}`, () => between(work));
  const pauses = createPauses(parts);

  /**
   * Removes the mute as it stands when its turn comes, so that one extended meanwhile stays. The digest comes after, since
   * what a removed mute holds is found again, and a digest cannot be taken back.
   */
  async function end(muteId: string, isEnding: (mute: Mute) => boolean): Promise<boolean> {
    let ended: Mute | undefined;
    await settings.update((current) => {
      ended = current.mutes.find((mute) => mute.id === muteId && isEnding(mute));
      return ended ? { ...current, mutes: current.mutes.filter((mute) => mute !== ended) } : current;
    });
    if (!ended) return false;
    await writeDigest(muteId, ended).catch((error: unknown) =>
      log.error({ err: error, muteId }, 'the digest of a mute could not be written; trying again'),
    );
    return true;
  }

  const endpointOf = (endpointId: string | undefined) => settings.current.endpoints.find(({ id }) => id === endpointId);

  async function writeDigest(muteId: string, mute: Mute | undefined, options: { readonly pauses?: boolean } = {}) {
    const channels = await readHeld(muteId, journal);
    const held: JudgedChannel[] = [];
    for (const channel of channels) held.push(await judge(channel, { postOpen: true }));
    const endpoint = endpointOf(mute?.endpointId ?? held[0]?.endpointId);
    const digests = toDigest({ muteId, mute, endpoint, held, ...options, now: clock.now() });
    if (digests.length) await notify(digests);
  }

  /** Judges what was held anew, and posts what cannot only be counted: it is still open, or its message says so wrongly. */
  async function judge(channel: HeldChannel, { postOpen }: { readonly postOpen: boolean }): Promise<JudgedChannel> {
    const standing = await judgeHeld(channel, journal);
    const route = endpointOf(channel.endpointId)?.routes.find((each) => isSamePlace(each, channel));
    // Whoever took the channel away wants none of it there.
    if (!route) return { ...channel, standing, posted: 0 };
    // Where things are gathered now, only what is critical is worth a message of its own.
    const isQuiet = route.quiet !== undefined && watchHours(route.quiet).at(clock.now().getTime()) !== undefined;
    const gathers = isQuiet || route.digest !== undefined;
    const worth = standing.open.filter(({ about }) => !gathers || about?.severity === 'critical');
    const said = [...(postOpen ? worth.slice(-POSTED) : []), ...standing.closing];
    const posted = await postHeld(said.flatMap(({ id }) => channel.posts.get(id) ?? []));
    return { ...channel, standing, posted };
  }

  async function writeRouteDigest(holder: string): Promise<void> {
    const { endpoints } = settings.current;
    for (const channel of await readHeld(holder, journal)) {
      const endpoint = endpointOf(channel.endpointId) ?? endpoints.find(({ routes }) => routes.some(isIt));
      const judged = await judge(channel, { postOpen: false });
      const route = endpoint?.routes.find(isIt);
      await notify([toRouteDigest({ holder, route, endpoint, channel: judged, now: clock.now() })]);
    }

    function isIt({ id }: { readonly id: string }): boolean {
      return id === heldByRoute(holder);
    }
  }

  const hasEnded = (mute: Mute) => isOver(mute, clock.now());
  const tryAgain = (muteId: string) => (error: unknown) =>
    log.error({ err: error, muteId }, 'a mute could not be ended; trying again');
  const stands = (holder: string) => {
    const routeId = heldByRoute(holder);
    const { mutes, endpoints } = settings.current;
    if (routeId === undefined) return mutes.some(({ id }) => id === holder);
    return endpoints.some(({ routes }) => routes.some(({ id, digest, quiet }) => id === routeId && (digest ?? quiet)));
  };
  const writeAny = (holder: string) =>
    heldByRoute(holder) === undefined ? writeDigest(holder, undefined) : writeRouteDigest(holder);

  /** Whether the subject of a mute has become what its mute waits for. */
  async function isSettled({ endpointId, match: { subject = '' }, createdAt }: Mute): Promise<boolean> {
    const said = await journal.events.list({ endpointId, since: new Date(createdAt), limit: LATELY });
    const last = said.find(({ about }) => about?.subject?.toLowerCase() === subject.toLowerCase());
    return last?.about !== undefined && phaseOf(last.about) === 'over';
  }

  async function endSettled(mute: Mute): Promise<void> {
    const [newest] = await journal.events.list({ endpointId: mute.endpointId, limit: 1 });
    if (!pauses.isNews(mute, newest?.id) || !(await isSettled(mute))) return;
    await write(mute.id, () => end(mute.id, ({ ends }) => ends === mute.ends));
  }

  async function writePause({ id }: Mute): Promise<void> {
    const mute = settings.current.mutes.find((each) => each.id === id);
    if (mute) await writeDigest(id, mute, { pauses: true });
  }

  /** Nothing that came after a digest was due makes it come; when quiet hours end, all that they hold is due. */
  async function writeDue(holder: string, due: number): Promise<void> {
    const held = await readHeld(holder, journal);
    if (held.some(({ since }) => since.getTime() < due)) await writeRouteDigest(holder);
  }

  /** Does something for each of these that holds anything, between two decisions. */
  async function forEachHolding<Each>(
    all: readonly Each[],
    holderOf: (each: Each) => string,
    work: (each: Each) => Promise<void>,
  ): Promise<void> {
    if (all.length === 0) return;
    try {
      const holding = new Set(await journal.posts.holding());
      for (const each of all) if (holding.has(holderOf(each))) await write(holderOf(each), () => work(each));
    } catch (error) {
      for (const each of all) pauses.forget(holderOf(each));
      throw error;
    }
  }

  return {
    endMute: (muteId) => write(muteId, () => end(muteId, () => true)),
    async endMutes() {
      for (const { id } of settings.current.mutes.filter(hasEnded))
        await write(id, () => end(id, hasEnded)).catch(tryAgain(id));
      for (const mute of settings.current.mutes.filter(({ ends }) => ends))
        await endSettled(mute).catch((error: unknown) => {
          pauses.forget(mute.id);
          tryAgain(mute.id)(error);
        });
    },
    async digestRemovedMutes() {
      for (const holder of await journal.posts.holding())
        if (!stands(holder)) await write(holder, async () => (stands(holder) ? undefined : writeAny(holder)));
    },
    async releaseHeld() {
      await firing.load(toRules(settings.current).watched, new Date(clock.now().getTime() - FIRES_FOR));
      await forEachHolding(pauses.begun(), ({ id }) => id, writePause);
      await forEachHolding(
        pauses.dueRoutes(),
        ({ holder }) => holder,
        ({ holder, due }) => writeDue(holder, due),
      );
    },
    ...createReminder(parts),
  };
}

/** Events of an endpoint that are looked at for the end of a mute. */
const LATELY = 500;
