import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import type { Part } from '../../core/event/about.ts';
import type { Reaction } from '../../core/event/follow.ts';
import { type Handling, handlingSince, nothingDone } from '../../core/event/handling.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Because, Plan, StandingMessage } from '../../core/event/plan.ts';
import type { Post, SettledAlong } from '../../core/event/post.ts';
import type { SubjectCourse, SubjectKey, SubjectRecord } from '../../core/event/subject.ts';
import { type Message, toMessage } from '../../core/message/message.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Route } from '../../core/settings/endpoint.ts';
import type { Mute } from '../../core/settings/mute.ts';
import { DAY } from '../../core/text/duration.ts';
import { type Followed, type FollowRules, follow, toStanding } from '../follow.ts';
import { toHandled } from '../handling/handled-message.ts';
import { withHandlingActions } from '../handling/handling-actions.ts';
import type { Reactions } from '../posting/react.ts';
import type { Happening } from './course.ts';
import { toClosed, toFollowed, withDelay, withFiling, withState } from './followed-message.ts';
import { toHappening, toKey } from './happening.ts';
import { partsOf, withParts } from './parts.ts';
import { followOf, isAlarm } from './phase.ts';
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
  readonly toRecords: (
    message: StandingMessage,
    reactions?: readonly Reaction[],
  ) => Pick<SettledAlong, 'subjects' | 'rollUp'>;
  /** The reactions that its subject's message is to have. */
  readonly reactions?: Reactions;
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
  readonly journal: Pick<Journal, 'subjects' | 'handlings'> & { readonly events: Pick<Journal['events'], 'list'> };
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly clock: Pick<Clock, 'now'>;
  readonly routeOf: (post: Post) => Route | undefined;
  readonly providerOf: (post: Post) => Provider | undefined;
  readonly compose: (post: Post) => Promise<Message>;
  /** Whether its message is to ping somebody. */
  readonly pings: (post: Post) => Promise<boolean>;
  /** The message of an event that is no longer owed, as its channel saw it; nothing where it is gone. */
  /** The mute that keeps later events like a post's quiet; nothing where there is none. */
  readonly muteOf: (post: Post) => Mute | undefined;
  readonly composeAgain: (eventId: string, post: Post) => Promise<Message | undefined>;
}

const REPEATS = DAY;
/** Events of one subject that one edit takes in. */
const TAKES = 200;
/** The latest events of a subject in which its parts are looked for. */
const PART_EVENTS = 300;

export function createFollower(parts: FollowerParts): Follower {
  const { journal, platforms, clock, routeOf, providerOf, compose, composeAgain, muteOf, pings } = parts;

  async function prepare(post: Post, { beside, begun, gone = false }: PrepareOptions): Promise<Prepared> {
    const key = keyOf(post);
    if (post.refresh) return refresh(post, key, { beside, gone });
    const message = await compose(post);
    if (!key) {
      const filed = withFiling(onTime(message, post), { ...post.about, severity: message.severity });
      return { plan: { act: 'post' }, message: filed, takes: [], toRecords: () => ({}) };
    }
    const [record, handling = nothingDone] = await Promise.all([journal.subjects.get(key), journal.handlings.get(key)]);
    const rules = { ...rulesOf(post), closedWith: handling.resolved?.eventId };
    const refreshes = rules.follow === 'edit' && !begun ? refreshesOf(key, beside) : [];
    const mine =
      rules.follow === 'edit' && !begun
        ? beside
            .filter((other) => !other.refresh && sameKey(key, keyOf(other)) && Number(other.id) > Number(post.id))
            .slice(0, TAKES)
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
    const shown = { message: lastMessage, followed, course, handling };
    const filing = { ...course, severity: course.severity ?? lastMessage.severity };
    const parts = joins(post) && followed.plan.act !== 'reply' ? await readParts(post) : [];
    const root = followed.root && record ? await toRoot(post, record, shown) : undefined;
    return {
      plan: followed.plan,
      message: withFiling(onTime(withParts(await toShown(post, shown), parts), last ?? post), filing),
      takes: [...mine.slice(0, followed.takes - 1), ...(followed.plan.act === 'keep' ? [] : refreshes)],
      ...(root && { root: withFiling(root, filing) }),
      ...toReactions(post, { course, handling, had: followed.plan.act === 'post' ? [] : (record?.reactions ?? []) }),
      toRecords: (out, reactions) => ({
        subjects: [{ key, record: { ...course, message: out, ...(reactions?.length && { reactions }) } }],
      }),
    };
  }

  /** Whether an event is shown by the message of its whole subject, though it may be about a part of it: its route asks for that. */
  function joins(post: Post): boolean {
    return post.about?.part === undefined || routeOf(post)?.follow === 'edit';
  }

  /** What else only brings a subject's message up to date. */
  function refreshesOf(key: SubjectKey, beside: readonly Post[]): readonly Post[] {
    return beside.filter((other) => other.refresh && sameKey(key, keyOf(other)));
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

  /** Has the message that stands show what people did about its subject since. Where it is gone, nothing is posted in its place. */
  async function refresh(
    post: Post,
    key: SubjectKey | undefined,
    { beside, gone }: Required<Pick<PrepareOptions, 'beside' | 'gone'>>,
  ): Promise<Prepared> {
    const record = key && (await journal.subjects.get(key));
    if (!key || !record)
      throw new AppError(
        410,
        'nothing_stands',
        'No message of it stands in this channel, so none was brought up to date.',
      );
    const kept = { act: 'keep', of: record.message } as const;
    const message = gone || record.rolledUp ? undefined : await composeStanding(post, record);
    if (!message) return { plan: kept, message: toMessage({}), takes: [], toRecords: () => ({}) };
    const handling = (await journal.handlings.get(key)) ?? nothingDone;
    return {
      plan: { act: 'edit', of: record.message },
      message: withFiling(withParts(dressed(message, post, { course: record, handling }), await readParts(post)), {
        ...record,
        severity: record.severity ?? message.severity,
      }),
      takes: refreshesOf(key, beside).slice(0, TAKES),
      ...toReactions(post, { course: record, handling, had: record.reactions ?? [] }),
      toRecords: (_, reactions) => (reactions ? { subjects: [{ key, record: { ...record, reactions } }] } : {}),
    };
  }

  /** The reactions that show how a subject stands, where its route wants them and its platform has them. */
  function toReactions(
    post: Post,
    {
      course,
      handling,
      had,
    }: { readonly course: SubjectCourse; readonly handling: Handling; readonly had: readonly Reaction[] },
  ): Pick<Prepared, 'reactions'> {
    if (routeOf(post)?.reactions !== 'on' || !platforms.get(post.platform)?.react) return {};
    const { acknowledged, resolved } = handlingSince(handling, course);
    const isOver = course.phase === 'over' || resolved !== undefined;
    return {
      reactions: {
        wanted: [...(acknowledged ? (['acknowledged'] as const) : []), ...(isOver ? (['over'] as const) : [])],
        had,
      },
    };
  }

  /** The message that stands, as its events so far made it; nothing where they are gone. */
  async function composeStanding(post: Post, record: SubjectRecord): Promise<Message | undefined> {
    const latest = await composeAgain(record.eventId, post);
    if (!latest) return undefined;
    const standing = { ...toStanding(record), last: new Date(record.lastAt) };
    if (rulesOf(post).follow !== 'thread' || standing.over || record.firstEventId === record.eventId)
      return toFollowed(latest, standing);
    const first = await composeAgain(record.firstEventId, post);
    return first && withState(first, latest, record.state);
  }

  /** A subject's message with what people did about it, and what they can do. */
  function dressed(
    message: Message,
    post: Post,
    { course, handling: whole }: { readonly course: SubjectCourse; readonly handling: Handling },
  ): Message {
    const handling = handlingSince(whole, course);
    const alarm = isAlarm(post.about ?? {}, providerOf(post)?.follow);
    const isClosed = handling.resolved !== undefined && course.phase !== 'over';
    const closed = isClosed ? toClosed(message) : message;
    const mute = alarm && course.phase === 'open' && !isClosed ? muteOf(post) : undefined;
    const subject = { phase: course.phase, isAlarm: alarm, handling };
    return withHandlingActions(toHandled(closed, handling, mute), course.eventId, subject);
  }

  /** What a person asked for, and notices, come when they come. */
  function onTime(message: Message, { owedAt, eventId, replay }: Post): Message {
    return eventId === undefined || replay ? message : withDelay(message, owedAt, clock.now());
  }

  function rulesOf(post: Post): FollowRules {
    const ofProvider = providerOf(post)?.follow;
    return { ...toRules(post, routeOf(post), ofProvider), isAlarm: isAlarm(post.about ?? {}, ofProvider) };
  }

  async function toShown(post: Post, { message, followed, course, handling }: Shown): Promise<Message> {
    const { plan, standing } = followed;
    // In a thread the reply says what happened, and the first message how things stand.
    if (plan.act === 'reply') return message;
    const root = followed.root ? await composeAgain(course.firstEventId, post) : undefined;
    const after =
      plan.act === 'post' && plan.because && plan.after ? await toAfter(post, plan.because, plan.after) : undefined;
    const shown = toFollowed(root ?? message, { ...standing, last: new Date(course.lastAt), ...(after && { after }) });
    return dressed(shown, post, { course, handling });
  }

  async function toAfter(post: Post, because: Because, { ref, postedAt }: StandingMessage) {
    const url = await platforms.get(post.platform)?.link(ref);
    return { because, postedAt: new Date(postedAt), ...(url !== undefined && { url }) };
  }

  /** How the first message looks since its thread has the reply. */
  async function toRoot(post: Post, record: SubjectRecord, { message, followed, course, handling }: Shown) {
    const { plan, standing } = followed;
    if (plan.act !== 'reply') return undefined;
    const first = standing.over ? message : await composeAgain(record.firstEventId, post);
    const root = standing.over
      ? toFollowed(message, { ...standing, last: new Date(course.lastAt) })
      : first && withState(first, message, course.state);
    return root && dressed(root, post, { course, handling });
  }

  return {
    prepare,
    needed(posts) {
      const alone = (post: Post) =>
        keyOf(post) === undefined || toRules(post, routeOf(post), providerOf(post)?.follow).follow !== 'edit';
      return new Set(posts.map((post) => (alone(post) ? post : keyOf(post)?.subject))).size;
    },
  };
}

interface Shown {
  readonly message: Message;
  readonly followed: Followed;
  readonly course: SubjectCourse;
  readonly handling: Handling;
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
