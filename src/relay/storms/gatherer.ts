import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Post } from '../../core/event/post.ts';
import type { RollUpKey } from '../../core/event/roll-up.ts';
import type { SubjectRecord } from '../../core/event/subject.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Endpoint, Route } from '../../core/settings/endpoint.ts';
import type { Person } from '../../core/settings/person.ts';
import { step } from '../following/course.ts';
import type { Follower, Prepared, PrepareOptions } from '../following/follower.ts';
import { toHappening } from '../following/happening.ts';
import { phaseOf } from '../following/phase.ts';
import { rollUp } from './roll-up.ts';
import { toRollUpMessage } from './roll-up-message.ts';
import { isActive, isOf, type Source, type Sources, toSource } from './sources.ts';
import { isRolledUp, isSingle } from './storm.ts';

export interface Gatherer extends Pick<Follower, 'prepare'> {
  /**
   * Until when a post may not have its turn, on the clock that nobody can set: what a roll-up shows gathers for a while
   * before it is edited again.
   */
  holds(post: Post, beside: () => readonly Post[]): number;
}

export interface GathererParts {
  readonly follower: Follower;
  readonly sources: Sources;
  readonly journal: { readonly subjects: Journal['subjects'] };
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly endpointOf: (endpointId: string) => Endpoint | undefined;
  readonly providerOf: (post: Post) => Provider | undefined;
  readonly routeOf: (post: Post) => Route | undefined;
  /** Whom a post's message would ping if it had one of its own. */
  readonly pinged: (post: Post) => Promise<readonly Person[]>;
  readonly clock: Clock;
  /** Called when a roll-up was posted or has grown. */
  readonly onGrown: (source: Source) => void;
}

/** Events that one edit takes in, for deliveries wait for the commit. */
const TAKES = 300;
/** Milliseconds that a roll-up gathers before it is edited again. */
const GATHERS_FOR = 3_000;
/** People whom one roll-up pings. */
const PINGS = 20;
/** So many subjects of a source that has a storm are shown by messages of their own, where they have them already. */
const OWN = 10;

type Records = ReadonlyMap<string, SubjectRecord>;

/** Has one message take over for a source that owes a channel more than the channel can carry, until it is calm. */
export function createGatherer(parts: GathererParts): Gatherer {
  const { follower, sources, journal, platforms, endpointOf, providerOf, routeOf, pinged, clock, onGrown } = parts;

  async function prepare(post: Post, options: PrepareOptions): Promise<Prepared> {
    const { begun, beside, gone = false } = options;
    const key = toSource(post);
    if (!key || (begun && begun.act !== 'rollUp')) return follower.prepare(post, options);
    const source = await sources.get(key);
    if (begun) return gather(source, [post], { joins: begun.of !== undefined, gone, records: new Map() });

    const waiting = [post, ...beside.filter((other) => isOf(key, other))];
    const budget = platforms.get(key.platform)?.budget ?? { perSecond: 1, burst: 1 };
    const active = isActive(source);
    if (isStale(post)) {
      const stale = waiting.filter(isStale).slice(0, TAKES);
      return gather(source, stale, { joins: active, gone, records: await recordsOf(key, stale) });
    }
    const needed = () => follower.needed(waiting);
    const storm = { lately: sources.lately(source), critical: sources.critical(source) };
    if (isRolledUp({ post, waiting, needed, budget, active, ...storm })) {
      const some = waiting.slice(0, TAKES);
      const records = await recordsOf(key, some);
      const gathered = withoutOwn(some, records);
      if (gathered.includes(post)) {
        source.notBefore = some.length < waiting.length ? 0 : clock.elapsed() + GATHERS_FOR;
        return gather(source, gathered, { joins: active, gone, records });
      }
    } else if (source.rollUp && isOver(post)) {
      const records = await recordsOf(key, [post]);
      const record = recordOf(post, records);
      // Only the roll-up shows what is over now.
      if (record?.rolledUp && record.message.ref.id === source.rollUp.message.ref.id)
        return gather(source, [post], { joins: true, gone, records });
    }
    const prepared = await follower.prepare(post, options);
    if (prepared.plan.act === 'post') sources.noteOwn(source, post);
    return prepared;
  }

  async function recordsOf({ platform, channel, endpointId }: RollUpKey, posts: readonly Post[]): Promise<Records> {
    const subjects = new Set(posts.flatMap(({ about }) => about?.subject ?? []));
    return subjects.size > 0 ? journal.subjects.list({ platform, channel, endpointId }, [...subjects]) : new Map();
  }

  /** The roll-up of a source with some more posts. */
  async function gather(
    source: Source,
    posts: readonly Post[],
    { joins, gone, records }: { readonly joins: boolean; readonly gone: boolean; readonly records: Records },
  ): Promise<Prepared> {
    const { key } = source;
    const before = joins ? source.rollUp : undefined;
    const inOrder = posts.toSorted((one, other) => Number(one.id) - Number(other.id));
    const count = rollUp(before, inOrder, { isOver, isStale });
    const calm = before?.calm ?? false;
    const courses = coursesOf(inOrder, records);
    // An edit pings nobody.
    const people = before && !gone ? [] : await pingedBy(inOrder);
    const names = people.map(({ name }) => name);
    return {
      plan: {
        act: 'rollUp',
        ...(before && !gone && { of: before.message }),
        ...(names.length > 0 && { pings: names }),
      },
      message: toRollUpMessage(count, { source: key.source, endpoint: endpointOf(key.endpointId), calm, people }),
      takes: posts.slice(1),
      toRecords(message) {
        if (!before) source.singles = 0;
        source.rollUp = { ...count, message, changedAt: clock.now().toISOString(), calm };
        if (!calm) onGrown(source);
        const { platform, channel, endpointId } = key;
        return {
          rollUp: { key, rollUp: source.rollUp },
          subjects: [...courses].map(([subject, course]) => ({
            key: { platform, channel, endpointId, subject },
            record: { ...course, message, rolledUp: true },
          })),
        };
      },
    };
  }

  /** Whom the critical ones would have pinged: once each. */
  async function pingedBy(posts: readonly Post[]): Promise<readonly Person[]> {
    const people = new Map<string, Person>();
    for (const post of posts) {
      if (post.about?.severity !== 'critical' || routeOf(post)?.notify === 'never') continue;
      for (const person of await pinged(post)) people.set(person.name, person);
      if (people.size >= PINGS) break;
    }
    return [...people.values()].slice(0, PINGS);
  }

  /** How the subjects of posts stand after them. */
  function coursesOf(posts: readonly Post[], records: Records) {
    const courses = new Map<string, ReturnType<typeof step>['course']>();
    for (const post of posts) {
      const subject = post.about?.subject;
      if (subject === undefined) continue;
      const { message: _, rolledUp: __, ...known }: Partial<SubjectRecord> = records.get(subject) ?? {};
      const before = courses.get(subject) ?? (records.has(subject) ? (known as SubjectRecord) : undefined);
      const happening = toHappening(post, providerOf(post)?.follow);
      courses.set(subject, step(before, happening, { repeats: Number.POSITIVE_INFINITY }).course);
    }
    return courses;
  }

  /** Whether a post is older than its route wants to hear of. */
  function isStale(post: Post): boolean {
    const { stale } = routeOf(post) ?? {};
    return stale !== undefined && post.owedAt !== undefined && clock.now().getTime() - post.owedAt.getTime() > stale;
  }

  function isOver(post: Post): boolean {
    return phaseOf(post.about ?? {}, providerOf(post)?.follow) === 'over';
  }

  return {
    prepare,
    holds(post, beside) {
      const key = toSource(post);
      const source = key && sources.known(key);
      if (!source || !isActive(source)) return 0;
      const { notBefore } = source;
      if (notBefore <= clock.elapsed()) return 0;
      if (post.about?.severity !== 'critical') return notBefore;
      const waiting = [post, ...beside().filter((other) => isOf(source.key, other))];
      const storm = { lately: sources.lately(source), critical: sources.critical(source) };
      return isSingle({ post, waiting, ...storm }) ? 0 : notBefore;
    },
  };
}

/** Those whose subjects have no message of their own, unless there are too many that have. */
function withoutOwn(posts: readonly Post[], records: Records): readonly Post[] {
  const own = posts.filter((post) => {
    const record = recordOf(post, records);
    return record !== undefined && !record.rolledUp && record.phase === 'open';
  });
  return own.length > OWN ? posts : posts.filter((post) => !own.includes(post));
}

function recordOf({ about }: Post, records: Records): SubjectRecord | undefined {
  return about?.subject === undefined ? undefined : records.get(about.subject);
}
