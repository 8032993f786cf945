import { AppError } from '../../src/core/errors.ts';
import type { Message } from '../../src/core/message/message.ts';
import { MessageGone } from '../../src/core/platform/message-gone.ts';
import type { ChannelBudget, Platform, PostLookup } from '../../src/core/platform/platform.ts';

interface Posted {
  readonly channel: string;
  readonly nonce: string;
  readonly thread: string | undefined;
  readonly broadcast: boolean;
  readonly message: Message;
  readonly at: number;
  /** What it was edited to, the newest last. */
  readonly edits: Message[];
}

interface Fault {
  readonly error: Error;
  /** Whether the message gets out all the same. */
  readonly afterPosting?: boolean;
}

/** A chat service in memory that can be slow, limited, or broken. */
export function aChat({
  budget = { perSecond: 1000, burst: 1000 },
  now = () => performance.now(),
}: {
  readonly budget?: ChannelBudget;
  readonly now?: () => number;
} = {}) {
  const posted: Posted[] = [];
  const calls: { readonly channel: string; readonly at: number }[] = [];
  const lookups: PostLookup[] = [];
  const faults: Fault[] = [];
  const lookUpFaults: Error[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const gone = new Set<string>();
  const editFaults: Fault[] = [];

  const platform: Platform = {
    name: 'chat',
    title: 'Chat',
    budget,
    async start() {},
    async stop() {},
    health: () => ({ ready: true, detail: 'in memory' }),
    channel: async (text) => ({ id: text.replace('#', ''), name: text.replace('#', '') }),
    async post(channel, message, { nonce, thread, broadcast = false }) {
      calls.push({ channel, at: now() });
      await held.get(channel)?.promise;
      const fault = faults.shift();
      if (fault && !fault.afterPosting) throw fault.error;
      if (thread !== undefined && gone.has(thread)) throw new MessageGone('gone', 'That thread takes no reply.');
      posted.push({ channel, nonce, thread, broadcast, message, at: now(), edits: [] });
      if (fault) throw fault.error;
      return { channel, id: String(posted.length) };
    },
    profiles: async () => [],
    person: async (text) => ({ id: text.replace(/^<@|>$|^@/g, ''), isGroup: false }),
    async edit(ref, message) {
      calls.push({ channel: ref.channel, at: now() });
      await held.get(ref.channel)?.promise;
      const fault = editFaults.shift();
      if (fault && !fault.afterPosting) throw fault.error;
      if (gone.has(ref.id)) throw new MessageGone('gone', 'That message is gone.');
      posted[Number(ref.id) - 1]?.edits.push(message);
      if (fault) throw fault.error;
      return ref;
    },
    link: async ({ channel, id }) => `https://chat.example/${channel}/${id}`,
    stands: async ({ id }) => !gone.has(id),
    sees: async () => true,
    open: async () => true,
    async find(channel, lookup) {
      lookups.push(lookup);
      const fault = lookUpFaults.shift();
      if (fault) throw fault;
      const index = posted.findIndex((post) => post.channel === channel && post.nonce === lookup.nonce);
      return index < 0 ? undefined : { channel, id: String(index + 1) };
    },
  };
  const of = (channel: string) => posted.filter((post) => post.channel === channel);

  return {
    platform,
    posted,
    /** Every attempt to post, whatever came of it. */
    attempts: calls,
    /** Every look-up, answered or not. */
    asked: lookups,
    get calls() {
      return calls.length;
    },
    get lookups() {
      return lookups.length;
    },
    titles: (channel: string) => of(channel).map(({ message }) => message.title?.text ?? message.body),
    times: (channel: string) => of(channel).map(({ at }) => at),
    /** Makes the next post fail, before or after it gets out. */
    fail: (error: Error, { afterPosting = false } = {}) => faults.push({ error, afterPosting }),
    /** Makes the next edit fail, before or after it is done. */
    failEdit: (error: Error, { afterPosting = false } = {}) => editFaults.push({ error, afterPosting }),
    /** Somebody deletes a message, or closes its thread. */
    remove: (id: string) => gone.add(id),
    /** What stands in a channel now, threads included, with what each message says first. */
    standing: (channel: string) =>
      of(channel).map(({ message, edits, thread, broadcast }) => {
        const now = edits.at(-1) ?? message;
        return {
          says: now.title?.text ?? now.body,
          mark: now.mark,
          message: now,
          edits: edits.length,
          thread,
          broadcast,
        };
      }),
    /** Makes the next look-ups fail. */
    refuseLookUps: (error: Error, times = 1) => lookUpFaults.push(...Array.from({ length: times }, () => error)),
    answerLookUps: () => lookUpFaults.splice(0),
    /** Makes whatever was to go wrong go well. */
    recover: () => void [faults, editFaults, lookUpFaults].map((list) => list.splice(0)),
    hold: (channel: string) => held.set(channel, Promise.withResolvers()),
    release: (channel: string) => held.get(channel)?.resolve(),
    /** Resolves once it was called so often, whatever came of it. */
    async called(times: number): Promise<void> {
      while (calls.length < times) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async until(channel: string, count: number): Promise<void> {
      while (of(channel).length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

/** What goes wrong with chat services. */
export const faults = {
  limited: (retryAfter = 1_000) => new AppError(429, 'limited', 'Chat asks to wait.', { retryAfter }),
  silence: () => new AppError(504, 'timeout', 'Chat did not answer in time.', { retryAfter: 1_000 }),
  nonsense: () => new AppError(502, 'nonsense', 'Chat gave an answer that makes no sense.'),
  away: () => new AppError(503, 'away', 'Chat is away.', { retryAfter: 1_000 }),
  forbidden: () => new AppError(403, 'missing_scope', 'Chat does not let Bellhop read `#ops`.'),
  archived: () => new AppError(403, 'archived', 'The channel `#ops` is archived.'),
  refused: () => new AppError(422, 'refused', 'Chat does not take this message.'),
  broken: () => new TypeError('undefined is not a function'),
} as const;
