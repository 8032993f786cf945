import type { Post, PostStore, SettledAlong, StoredPost } from '../../src/core/event/post.ts';

export interface MemoryPosts extends Pick<PostStore, 'begin' | 'settle' | 'attempt' | 'due' | 'owed'> {
  /** Owes a message to a channel of the chat double. */
  owe(channel: string, more?: Partial<Post>): Post;
  get(id: string): StoredPost | undefined;
  readonly all: readonly StoredPost[];
}

/** What channels are owed, kept as long as the test. */
export function createMemoryPosts(
  now: () => Date,
  onSettled: (along: SettledAlong) => void = () => undefined,
): MemoryPosts {
  const posts = new Map<string, StoredPost>();
  const change = (id: string, parts: Partial<StoredPost>) => {
    const post = posts.get(id);
    if (post?.state === 'due') posts.set(id, { ...post, ...parts });
  };
  const due = () => [...posts.values()].filter(({ state }) => state === 'due');

  return {
    owe(channel, more) {
      const id = String(posts.size + 1);
      const post = { id, platform: 'chat', channel, channelName: channel, eventId: id, state: 'due', ...more } as const;
      posts.set(id, { ...post, attempts: 0, createdAt: now() });
      return post;
    },
    get: (id) => posts.get(id),
    get all() {
      return [...posts.values()];
    },
    async begin(id, at, plan) {
      change(id, { firstAttemptAt: posts.get(id)?.firstAttemptAt ?? at, ...(plan && { plan }) });
    },
    async settle(id, outcome, along = {}) {
      for (const each of along.posts ?? []) await this.settle(each.id, each.outcome);
      onSettled(along);
      const { mayBeOut, ...parts } = { mayBeOut: outcome.state === 'posted', ...outcome };
      const { firstAttemptAt, ...post } = posts.get(id) ?? {};
      change(id, { ...parts, settledAt: now() });
      if (!mayBeOut && firstAttemptAt) posts.set(id, { ...post, ...parts, settledAt: now() } as StoredPost);
    },
    async attempt(id, attempts, error) {
      change(id, { attempts, error });
    },
    async due({ after = '0', limit, channel }) {
      return due()
        .filter((post) => channel === undefined || post.channel === channel)
        .filter(({ id }) => Number(id) > Number(after))
        .slice(0, limit)
        .map(({ firstAttemptAt, ...post }) => ({
          ...post,
          state: 'due' as const,
          ...(firstAttemptAt && { firstAttemptAt }),
        }));
    },
    async owed() {
      return [...new Set(due().map(({ channel }) => channel))].map((channel) => ({ platform: 'chat', channel }));
    },
  };
}
