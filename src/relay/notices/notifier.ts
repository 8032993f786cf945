import type { Journal } from '../../core/event/journal.ts';
import type { NewPost, Post } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import type { Lanes } from '../lanes.ts';

/** Owes notices to channels, in order with everything else that is owed there. */
export interface Notifier {
  /** Resolves once they are on disk. `asked` ones were asked for by a person. */
  notify(posts: readonly NewPost[], options?: { readonly asked?: boolean }): Promise<readonly Post[]>;
  /** Says something that nobody asked for: a failure ends in the log. */
  mention(notices: readonly NewPost[]): void;
  /** Whether this happens for the first time, so that what happens again and again is posted once. */
  isNews(key: string): boolean;
}

/** Keys that are remembered. Beyond that, something may be said twice. */
const REMEMBERED = 1_000;
const KEY_LIMIT = 500;

export function createNotifier({
  journal,
  lanes,
  log,
}: {
  readonly journal: Journal;
  readonly lanes: () => Lanes;
  readonly log: Log;
}): Notifier {
  const mentioned = new Set<string>();

  async function notify(
    posts: readonly NewPost[],
    options: { readonly asked?: boolean } = {},
  ): Promise<readonly Post[]> {
    const owed = await journal.posts.owe(posts);
    lanes().add(owed, options);
    return owed;
  }

  return {
    notify,
    mention(notices) {
      notify(notices).catch((error: unknown) => log.error({ err: error }, 'a notice could not be recorded'));
    },
    isNews(text) {
      const key = text.slice(0, KEY_LIMIT);
      if (mentioned.has(key)) return false;
      if (mentioned.size >= REMEMBERED) mentioned.clear();
      mentioned.add(key);
      return true;
    },
  };
}
