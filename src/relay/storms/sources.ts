import type { Clock } from '../../core/clock.ts';
import type { OwedChannel, Post } from '../../core/event/post.ts';
import type { RollUp, RollUpKey, RollUpStore } from '../../core/event/roll-up.ts';

/** A source in a channel, as far as storms go. */
export interface Source {
  readonly key: RollUpKey;
  /** The latest roll-up; nothing where there was none. */
  rollUp: RollUp | undefined;
  /** When its roll-up may be edited again, on the clock that nobody can set. */
  notBefore: number;
  /** When messages of its own were made ready, on the same clock. */
  own: readonly number[];
  /** How many critical ones had messages of their own since its roll-up began. */
  singles: number;
  /** Whether its roll-up has to be read again. */
  outdated: boolean;
}

/** The sources of which something came lately. What is known of them here is true for as long as nobody else runs their lane. */
export interface Sources {
  get(key: RollUpKey): Promise<Source>;
  known(key: RollUpKey): Source | undefined;
  /** Another node may have written the roll-ups of a channel. */
  outdate(channel: OwedChannel): void;
  /** Notes that a post of a source gets a message of its own. */
  noteOwn(source: Source, post: Post): void;
  /** How many critical ones a source had since its roll-up began, while that grows. */
  critical(source: Source): number;
  /** How many messages of its own a source had in the last ten seconds. */
  lately(source: Source): number;
}

const REMEMBERED = 1_000;
const LATELY = 10_000;
const OWN = 10;

export function createSources(rollUps: Pick<RollUpStore, 'get'>, clock: Pick<Clock, 'elapsed'>): Sources {
  const sources = new Map<string, Source>();

  function forgetOne(): void {
    if (sources.size < REMEMBERED) return;
    for (const [name, { rollUp }] of sources)
      if (!rollUp || rollUp.calm) {
        sources.delete(name);
        return;
      }
  }

  return {
    async get(key) {
      const name = nameOf(key);
      const known = sources.get(name);
      if (known && !known.outdated) return known;
      const rollUp = await rollUps.get(key);
      if (known) return Object.assign(known, { rollUp, outdated: false });
      forgetOne();
      // Another look may have been quicker.
      const source = sources.get(name) ?? { key, rollUp, notBefore: 0, own: [], singles: 0, outdated: false };
      sources.set(name, source);
      return source;
    },
    known: (key) => sources.get(nameOf(key)),
    outdate({ platform, channel }) {
      for (const source of sources.values())
        if (source.key.platform === platform && source.key.channel === channel) source.outdated = true;
    },
    noteOwn(source, { about }) {
      source.own = [...source.own, clock.elapsed()].slice(-OWN);
      if (isActive(source) && about?.severity === 'critical') source.singles++;
    },
    critical: (source) => (isActive(source) ? source.singles + (source.rollUp?.severities.critical ?? 0) : 0),
    lately: ({ own }) => own.filter((at) => clock.elapsed() - at < LATELY).length,
  };
}

/** Whether one message has taken over, and has not come to rest. */
export function isActive({ rollUp }: Source): boolean {
  return rollUp !== undefined && !rollUp.calm;
}

/** The source of a post; nothing for what no event says, and for what a person asked for again. */
export function toSource({
  platform,
  channel,
  endpointId,
  eventId,
  about,
  replay,
  refresh,
}: Post): RollUpKey | undefined {
  if (endpointId === undefined || eventId === undefined || replay || refresh || !about) return undefined;
  return { platform, channel, endpointId, source: about.source ?? '' };
}

/** Whether a post of the same channel is of that source. */
export function isOf({ endpointId, source }: RollUpKey, post: Post): boolean {
  const other = toSource(post);
  return other?.endpointId === endpointId && other.source === source;
}

function nameOf({ platform, channel, endpointId, source }: RollUpKey): string {
  return [platform, channel, endpointId, source].join('\n');
}
