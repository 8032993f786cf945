import { AppError } from '../../src/core/errors.ts';
import type { Message } from '../../src/core/message/message.ts';
import type { ChannelBudget, Platform, PostLookup } from '../../src/core/platform/platform.ts';

interface Posted {
  readonly channel: string;
  readonly nonce: string;
  readonly thread: string | undefined;
  readonly message: Message;
  readonly at: number;
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

  const platform: Platform = {
    name: 'chat',
    title: 'Chat',
    budget,
    async start() {},
    async stop() {},
    health: () => ({ ready: true, detail: 'in memory' }),
    channel: async (text) => ({ id: text.replace('#', ''), name: text.replace('#', '') }),
    async post(channel, message, { nonce, thread }) {
      calls.push({ channel, at: now() });
      await held.get(channel)?.promise;
      const fault = faults.shift();
      if (fault && !fault.afterPosting) throw fault.error;
      posted.push({ channel, nonce, thread, message, at: now() });
      if (fault) throw fault.error;
      return { channel, id: String(posted.length) };
    },
    edit: async (ref) => ref,
    profiles: async () => [],
    person: async (text) => ({ id: text.replace(/^<@|>$|^@/g, ''), isGroup: false }),
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
    /** Makes the next look-ups fail. */
    refuseLookUps: (error: Error, times = 1) => lookUpFaults.push(...Array.from({ length: times }, () => error)),
    answerLookUps: () => lookUpFaults.splice(0),
    /** Makes whatever was to go wrong go well. */
    recover: () => void [faults, lookUpFaults].map((list) => list.splice(0)),
    hold: (channel: string) => held.set(channel, Promise.withResolvers()),
    release: (channel: string) => held.get(channel)?.resolve(),
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
