import type { Journal } from '../../core/event/journal.ts';
import type { AnewBecause, Plan, StandingMessage } from '../../core/event/plan.ts';
import type { Post } from '../../core/event/post.ts';
import type { SubjectCourse, SubjectKey, SubjectRecord } from '../../core/event/subject.ts';
import type { Message } from '../../core/message/message.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Route } from '../../core/settings/endpoint.ts';
import { DAY } from '../../core/text/duration.ts';
import { type Followed, type FollowRules, follow } from '../follow.ts';
import type { Happening } from './course.ts';
import { toFollowed, withState } from './followed-message.ts';
import { followOf, phaseOf } from './phase.ts';
import { toGist, toPrint } from './print.ts';

/** A post made ready: what is done with it, and what is said. */
export interface Prepared {
  readonly plan: Plan;
  readonly message: Message;
  /** Posts that are shown by the same message, and settled with it. */
  readonly takes: readonly Post[];
  readonly subject?: PreparedSubject;
}

export interface PreparedSubject {
  readonly key: SubjectKey;
  readonly course: SubjectCourse;
  /** What the first message is to show once its thread has the reply. */
  readonly root?: Message;
}

export interface PrepareOptions {
  /** What waits behind it in its lane, oldest first. */
  readonly behind: readonly Post[];
  /** What was begun before: it is posted, so the plan cannot change. */
  readonly begun?: Plan | undefined;
  /** Whether its subject's message turned out to be gone. */
  readonly gone?: boolean;
}

export interface Follower {
  /** Plans a post, and makes its message. Throws `AppError` where there is none to be made. */
  prepare(post: Post, options: PrepareOptions): Promise<Prepared>;
}

export interface FollowerParts {
  readonly journal: { readonly subjects: Journal['subjects'] };
  readonly platforms: ReadonlyMap<string, Platform>;
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

export function createFollower(parts: FollowerParts): Follower {
  const { journal, platforms, routeOf, providerOf, compose, composeAgain, pings } = parts;

  async function prepare(post: Post, { behind, begun, gone = false }: PrepareOptions): Promise<Prepared> {
    const message = await compose(post);
    const key = toKey(post);
    if (!key) return { plan: { act: 'post' }, message, takes: [] };
    const wanted = providerOf(post)?.follow;
    const rules = toRules(post, routeOf(post), wanted);
    const record = await journal.subjects.get(key);
    const mine = rules.follow === 'edit' && !begun ? behind.filter((other) => isOf(key, other)).slice(0, TAKES) : [];
    const happenings: Happening[] = [];
    for (const other of mine) happenings.push({ ...toHappening(other, wanted), pings: await pings(other) });
    // A reply in a thread pings as well as a message of its own does; an edit does not.
    const isPing = rules.follow === 'edit' && (await pings(post));
    const first = { ...toHappening(post, wanted), print: toPrint(message), pings: isPing };
    const followed = asBegun(follow([first, ...happenings], record, rules), { begun, gone, record });
    const last = mine.find(({ eventId }) => eventId === followed.shown.eventId);
    const lastMessage = last ? await compose(last) : message;
    const course = last ? { ...followed.course, print: toPrint(lastMessage) } : followed.course;
    const shown = { message: lastMessage, followed, course };
    const root = followed.root && record ? await toRoot(post, record, shown) : undefined;
    return {
      plan: followed.plan,
      message: await toShown(post, shown),
      takes: mine.slice(0, followed.takes - 1),
      subject: { key, course, ...(root && { root }) },
    };
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

  async function toAfter(post: Post, because: AnewBecause, { ref, postedAt }: StandingMessage) {
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

  return { prepare };
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

/** Posts that a person asked for again follow nothing. */
function toKey({ platform, channel, endpointId, about, eventId, replay }: Post): SubjectKey | undefined {
  const subject = about?.subject;
  if (subject === undefined || endpointId === undefined || eventId === undefined || replay) return undefined;
  return { platform, channel, endpointId, subject };
}

function isOf(key: SubjectKey, post: Post): boolean {
  const other = toKey(post);
  return other !== undefined && other.endpointId === key.endpointId && other.subject === key.subject;
}

function toRules({ about }: Post, route: Route | undefined, ofProvider: Provider['follow']): FollowRules {
  const { follow: wanted = 'auto', broadcast = 'never', repeats = REPEATS } = route ?? {};
  return { follow: wanted === 'auto' ? followOf(about ?? {}, ofProvider) : wanted, broadcast, repeats };
}

function toHappening({ eventId = '0', about, owedAt }: Post, ofProvider: Provider['follow']): Happening {
  const { title = '', state, severity, occurredAt } = about ?? {};
  const phase = phaseOf(about ?? {}, ofProvider);
  return {
    eventId,
    title,
    ...(state !== undefined && { state }),
    ...(severity && { severity }),
    ...(phase && { phase }),
    ...(occurredAt !== undefined && { occurredAt }),
    heardAt: (owedAt ?? new Date(0)).toISOString(),
    gist: toGist(about ?? {}),
  };
}
