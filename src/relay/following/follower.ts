import type { Clock } from '../../core/clock.ts';
import type { Part } from '../../core/event/about.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Because, Plan, StandingMessage } from '../../core/event/plan.ts';
import type { Post, SettledAlong } from '../../core/event/post.ts';
import type { SubjectCourse, SubjectKey, SubjectRecord } from '../../core/event/subject.ts';
import type { Message } from '../../core/message/message.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Route } from '../../core/settings/endpoint.ts';
import { DAY } from '../../core/text/duration.ts';
import { type Followed, type FollowRules, follow } from '../follow.ts';
import type { Happening } from './course.ts';
import { toFollowed, withDelay, withFiling, withState } from './followed-message.ts';
import { toHappening, toKey } from './happening.ts';
import { partsOf, withParts } from './parts.ts';
import { followOf } from './phase.ts';
import { toPrint } from './print.ts';

/** A post made ready: what is done with it, and what is said. */
export interface Prepared {
  readonly plan: Plan;
  readonly message: Message;
  /** Posts that are shown by the same message, and settled with it. */
  readonly takes: readonly Post[];
  /** What the first message is to show once its thread has the reply. */
  readonly root?: Message;
  /** What is known once it is out, and shown by that message. */
  readonly toRecords: (message: StandingMessage) => Pick<SettledAlong, 'subjects' | 'rollUp'>;
}

export interface PrepareOptions {
  /** What waits beside it in its lane, oldest first. */
  readonly beside: readonly Post[];
  /** What was begun before: it is posted, so the plan cannot change. */
  readonly begun?: Plan | undefined;
  /** Whether its subject's message turned out to be gone. */
  readonly gone?: boolean;
}

export interface Follower {
  /** Plans a post, and makes its message. Throws `AppError` where there is none to be made. */
  prepare(post: Post, options: PrepareOptions): Promise<Prepared>;
  /** How many messages and edits posts need at least: those of a subject that is followed by edits need one together. */
  needed(posts: readonly Post[]): number;
}

export interface FollowerParts {
  readonly journal: { readonly subjects: Journal['subjects']; readonly events: Pick<Journal['events'], 'list'> };
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly clock: Pick<Clock, 'now'>;
  readonly routeOf: (post: Post) => Route | undefined;
  readonly providerOf: (post: Post) => Provider | undefined;
  readonly compose: (post: Post) => Promise<Message>;
  /** Whether its message is to ping somebody. */
  readonly pings: (post: Post) => Promise<boolean>;
  /** The message of an event that is no longer owed, as its channel saw it; nothing where it is gone. */
  readonly composeAgain: (eventId: string, post: Post) => Promise<Message | undefined>;
}

const REPEATS = DAY;
/** Events of one subject that one edit takes in. */
const TAKES = 200;
/** The latest events of a subject in which its parts are looked for. */
const PART_EVENTS = 300;

export function createFollower(parts: FollowerParts): Follower {
  const { journal, platforms, clock, routeOf, providerOf, compose, composeAgain, pings } = parts;

  async function prepare(post: Post, { beside, begun, gone = false }: PrepareOptions): Promise<Prepared> {
    const message = await compose(post);
    const key = keyOf(post);
    if (!key) {
      const filed = withFiling(onTime(message, post), { ...post.about, severity: message.severity });
      return { plan: { act: 'post' }, message: filed, takes: [], toRecords: () => ({}) };
    }
    const rules = rulesOf(post);
    const record = await journal.subjects.get(key);
    const mine =
      rules.follow === 'edit' && !begun
        ? beside.filter((other) => sameKey(key, keyOf(other)) && Number(other.id) > Number(post.id)).slice(0, TAKES)
        : [];
    const happenings: Happening[] = [];
    for (const other of mine) happenings.push({ ...happeningOf(other), pings: await pings(other) });
    // A reply in a thread pings as well as a message of its own does; an edit does not.
    const isPing = rules.follow === 'edit' && (await pings(post));
    const first = { ...happeningOf(post), print: toPrint(message), pings: isPing };
    const followed = asBegun(follow([first, ...happenings], record, rules), { begun, gone, record });
    const last = mine.find(({ eventId }) => eventId === followed.shown.eventId);
    const lastMessage =
      (await toWhole(post, followed.shown, record)) ?? (last ? await compose(last).catch(() => undefined) : message);
    // What cannot be made is that post's own failure, when its turn comes.
    if (!lastMessage) return prepare(post, { beside: [], gone });
    const course = last ? { ...followed.course, print: toPrint(lastMessage) } : followed.course;
    const shown = { message: lastMessage, followed, course };
    const filing = { ...course, severity: course.severity ?? lastMessage.severity };
    const parts = joins(post) && followed.plan.act !== 'reply' ? await readParts(post) : [];
    const root = followed.root && record ? await toRoot(post, record, shown) : undefined;
    return {
      plan: followed.plan,
      message: withFiling(onTime(withParts(await toShown(post, shown), parts), last ?? post), filing),
      takes: mine.slice(0, followed.takes - 1),
      ...(root && { root: withFiling(root, filing) }),
      toRecords: (out) => ({ subjects: [{ key, record: { ...course, message: out } }] }),
    };
  }

  /** Whether an event is told by the message of its whole subject, though it may be about a part of it: its route asks for that. */
  function joins(post: Post): boolean {
    return post.about?.part === undefined || routeOf(post)?.follow === 'edit';
  }

  /** Elsewhere a part is followed by itself. */
  function keyOf(post: Post): SubjectKey | undefined {
    const key = toKey(post);
    return key && post.about?.part && !joins(post)
      ? { ...key, subject: `${key.subject}\n${post.about.part.name}` }
      : key;
  }

  function happeningOf(post: Post): Happening {
    const { state: _, phase: __, ...happening } = toHappening(post, providerOf(post)?.follow);
    if (post.about?.part && joins(post)) return { ...happening, part: true };
    return toHappening(post, providerOf(post)?.follow);
  }

  /** The message of a subject of which only a part has news; nothing where nothing was said of the whole. */
  async function toWhole(
    post: Post,
    shown: Happening,
    record: SubjectRecord | undefined,
  ): Promise<Message | undefined> {
    return shown.part && record && !record.ofPart ? composeAgain(record.eventId, post) : undefined;
  }

  async function readParts(post: Post): Promise<readonly Part[]> {
    const { endpointId, about } = post;
    if (!endpointId || !about?.subject || !providerOf(post)?.about.part) return [];
    return partsOf(await journal.events.list({ endpointId, subject: about.subject, limit: PART_EVENTS }));
  }

  /** What a person asked for, and notices, come when they come. */
  function onTime(message: Message, { owedAt, eventId, replay }: Post): Message {
    return eventId === undefined || replay ? message : withDelay(message, owedAt, clock.now());
  }

  function rulesOf(post: Post): FollowRules {
    return toRules(post, routeOf(post), providerOf(post)?.follow);
  }

  async function toShown(post: Post, { message, followed, course }: Shown): Promise<Message> {
    const { plan, standing } = followed;
    // In a thread the reply says what happened, and the first message how things stand.
    if (plan.act === 'reply') return message;
    const root = followed.root ? await composeAgain(course.firstEventId, post) : undefined;
    const after =
      plan.act === 'post' && plan.because && plan.after ? await toAfter(post, plan.because, plan.after) : undefined;
    return toFollowed(root ?? message, { ...standing, last: new Date(course.lastAt), ...(after && { after }) });
  }

  async function toAfter(post: Post, because: Because, { ref, postedAt }: StandingMessage) {
    const url = await platforms.get(post.platform)?.link(ref);
    return { because, postedAt: new Date(postedAt), ...(url !== undefined && { url }) };
  }

  /** How the first message looks since its thread has the reply. */
  async function toRoot(post: Post, record: SubjectRecord, { message, followed, course }: Shown) {
    const { plan, standing } = followed;
    if (plan.act !== 'reply') return undefined;
    if (standing.over) return toFollowed(message, { ...standing, last: new Date(course.lastAt) });
    const first = await composeAgain(record.firstEventId, post);
    return first && withState(first, message, course.state);
  }

  return {
    prepare,
    needed(posts) {
      const alone = (post: Post) => keyOf(post) === undefined || rulesOf(post).follow !== 'edit';
      return new Set(posts.map((post) => (alone(post) ? post : keyOf(post)?.subject))).size;
    },
  };
}

interface Shown {
  readonly message: Message;
  readonly followed: Followed;
  readonly course: SubjectCourse;
}

/** A plan as it must be where it was begun before, or where the message that it needs is gone. */
function asBegun(
  followed: Followed,
  { begun, gone, record }: Pick<PrepareOptions, 'begun' | 'gone'> & { readonly record: SubjectRecord | undefined },
): Followed {
  if (gone && record) {
    const course = { ...followed.course, firstEventId: followed.shown.eventId };
    return { ...followed, plan: { act: 'post', because: 'gone', after: record.message }, course, root: false };
  }
  if (!begun) return followed;
  return { ...followed, plan: begun, root: followed.root && begun.act === 'reply' };
}

function sameKey(one: SubjectKey, other: SubjectKey | undefined): boolean {
  return other !== undefined && other.endpointId === one.endpointId && other.subject === one.subject;
}

function toRules({ about }: Post, route: Route | undefined, ofProvider: Provider['follow']): FollowRules {
  const { follow: wanted = 'auto', broadcast = 'never', repeats = REPEATS } = route ?? {};
  return { follow: wanted === 'auto' ? followOf(about ?? {}, ofProvider) : wanted, broadcast, repeats };
}
