import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Post } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import { fitsMute, isOver, isPaused, type Mute, toMutePatterns, toMuteSubject } from '../../core/settings/mute.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { DAY } from '../../core/text/duration.ts';
import type { Lanes } from '../lanes.ts';
import { toRefreshPost } from './create-handling-desk.ts';

/** Has the messages of open subjects say that their source was muted, or no longer is. */
export interface MuteWatch {
  /** Waits until what follows from the last change is on disk. */
  idle(): Promise<void>;
}

export interface MuteWatchParts {
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Pick<Clock, 'now'>;
  readonly lanes: Pick<Lanes, 'add'>;
  /** Whether it is for this node to act; always where there is one. */
  readonly leads?: () => boolean;
  readonly log: Log;
}

/** Subjects of an endpoint that are looked at, and messages that are brought up to date for one change. */
const LOOKED_AT = 500;
const REFRESHED = 50;
/** How long ago something was heard of them at most, in milliseconds. */
const LATELY = 3 * DAY;

export function createMuteWatch({
  settings,
  journal,
  clock,
  lanes,
  leads = () => true,
  log,
}: MuteWatchParts): MuteWatch {
  let known = settings.current.mutes;
  let turn: Promise<void> = Promise.resolve();

  settings.onChange(({ mutes }) => {
    const before = known;
    known = mutes;
    if (before === mutes || !leads()) return;
    const changed = [
      ...mutes.filter((mute) => !before.includes(mute)),
      ...before.filter((mute) => !mutes.includes(mute)),
    ];
    if (changed.length === 0) return;
    turn = turn
      .then(() => refreshAll(changed))
      .catch((error: unknown) => log.error({ err: error }, 'messages could not be brought up to date with a mute'));
  });

  async function refreshAll(changed: readonly Mute[]): Promise<void> {
    for (const [endpointId, mutes] of Map.groupBy(changed, (mute) => mute.endpointId)) await refresh(endpointId, mutes);
  }

  async function refresh(endpointId: string, mutes: readonly Mute[]): Promise<void> {
    const since = new Date(clock.now().getTime() - LATELY);
    const recent = await journal.subjects.recent(endpointId, { since, limit: LOOKED_AT });
    const open = recent.filter(({ record }) => record.phase === 'open' && !record.rolledUp);
    const events = await journal.events.summaries([...new Set(open.map(({ record }) => record.eventId))]);
    const abouts = new Map(events.map(({ id, about }) => [id, about]));
    const concerned = open.flatMap(({ key, record: { eventId } }) => {
      const about = abouts.get(eventId);
      return about && mutes.some((mute) => fits(mute, { about })) ? [{ about, post: { ...key, eventId } }] : [];
    });
    const some = concerned.slice(0, REFRESHED);
    const posts = some.map(({ post }) => toRefreshPost(post, { id: post.eventId, endpointId, settings }));
    if (posts.length === 0) return;
    const owed = await journal.posts.owe(posts);
    lanes.add(owed.map((post, index) => ({ ...post, ...(some[index] && { about: some[index].about }) })));
  }

  return { idle: () => turn };
}

/** The mute that keeps later events like a post's quiet; nothing where there is none. */
export function muteOf(post: Post, mutes: readonly Mute[], now: Date): Mute | undefined {
  return mutes.find(
    (mute) => mute.endpointId === post.endpointId && !isOver(mute, now) && fits(mute, post) && !isPaused(mute, now),
  );
}

/** Whether a mute keeps quiet what is about this, whatever its type. */
function fits({ match, where, while: watched }: Mute, { about }: Pick<Post, 'about'>): boolean {
  // Whether those hold a later event depends on that event.
  if (!about || where !== undefined || watched) return false;
  const { type: _type, ...others } = match;
  return match.type === undefined && fitsMute(toMutePatterns(others), toMuteSubject('', about));
}
