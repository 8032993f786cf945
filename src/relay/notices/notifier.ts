import { hash } from 'node:crypto';
import type { Claims } from '../../core/cluster.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { NewPost, OwedAlong, Post } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import type { Lanes } from '../lanes.ts';

/** How notices are owed. */
export interface NotifyOptions extends OwedAlong {
  readonly asked?: boolean;
}

/** Owes notices to channels, in order with everything else that is owed there. */
export interface Notifier {
  /** Resolves once they are on disk, with what they say. `asked` ones were asked for by a person. */
  notify(posts: readonly NewPost[], options?: NotifyOptions): Promise<readonly Post[]>;
  /** Says something that nobody asked for: a failure ends in the log. */
  mention(notices: readonly NewPost[]): void;
  /** Whether this happens for the first time, so that what happens again and again is posted once. */
  isNews(key: string): boolean;
  /** How often something was mentioned. */
  readonly mentions: number;
  /** Waits until everything that was mentioned is on disk. */
  idle(): Promise<void>;
}

/** Keys that are remembered. Beyond that, something may be said twice. */
const REMEMBERED = 1_000;
const KEY_LIMIT = 500;
/** For how many milliseconds what one node says is not said by another. */
const SAID_FOR = 600_000;

export function createNotifier({
  journal,
  lanes,
  claims,
  log,
}: {
  readonly journal: Journal;
  readonly lanes: () => Lanes;
  /** With other nodes: what several of them have to say is posted once. */
  readonly claims?: Claims | undefined;
  readonly log: Log;
}): Notifier {
  const known = new Set<string>();
  const owing = new Set<Promise<void>>();
  let mentions = 0;

  async function notify(posts: readonly NewPost[], { asked, ...along }: NotifyOptions = {}): Promise<readonly Post[]> {
    const owed = await journal.posts.owe(posts, along);
    lanes().add(owed, asked === undefined ? {} : { asked });
    return owed;
  }

  /** Whether no other node says just this. */
  async function isFirst(notices: readonly NewPost[]): Promise<boolean> {
    if (!claims) return true;
    return claims.first(`notice ${hash('sha256', JSON.stringify(notices))}`, SAID_FOR);
  }

  return {
    notify,
    mention(notices) {
      mentions++;
      const owed = isFirst(notices)
        .then(async (first) => void (first && (await notify(notices))))
        .catch((error: unknown) => log.error({ err: error }, 'a notice could not be recorded'))
        .finally(() => owing.delete(owed));
      owing.add(owed);
    },
    isNews(text) {
      const key = text.slice(0, KEY_LIMIT);
      if (known.has(key)) return false;
      if (known.size >= REMEMBERED) known.clear();
      known.add(key);
      return true;
    },
    get mentions() {
      return mentions;
    },
    async idle() {
      await Promise.all(owing);
    },
  };
}
