import type { AppError } from '../../src/core/errors.ts';
import type { Message } from '../../src/core/message/message.ts';
import type { ChannelBudget, Platform } from '../../src/core/platform/platform.ts';

interface Posted {
  readonly channel: string;
  readonly nonce: string;
  readonly message: Message;
  readonly at: number;
}

/** A chat service in memory that can be slow, limited, or broken. */
export function aChat({ budget = { perSecond: 1000, burst: 1000 } }: { readonly budget?: ChannelBudget } = {}) {
  const posted: Posted[] = [];
  const faults: { error: AppError; afterPosting: boolean }[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  let lookups = 0;
  let calls = 0;

  const platform: Platform = {
    name: 'chat',
    title: 'Chat',
    budget,
    async start() {},
    async stop() {},
    health: () => ({ ready: true, detail: 'in memory' }),
    channel: async (text) => ({ id: text.replace('#', ''), name: text.replace('#', '') }),
    async post(channel, message, { nonce }) {
      calls++;
      await held.get(channel)?.promise;
      const fault = faults.shift();
      if (fault && !fault.afterPosting) throw fault.error;
      posted.push({ channel, nonce, message, at: performance.now() });
      if (fault) throw fault.error;
      return { channel, id: String(posted.length) };
    },
    edit: async (ref) => ref,
    sees: async () => true,
    open: async () => true,
    async find(channel, { nonce }) {
      lookups++;
      const index = posted.findIndex((post) => post.channel === channel && post.nonce === nonce);
      return index < 0 ? undefined : { channel, id: String(index + 1) };
    },
  };
  const of = (channel: string) => posted.filter((post) => post.channel === channel);

  return {
    platform,
    get calls() {
      return calls;
    },
    get lookups() {
      return lookups;
    },
    titles: (channel: string) => of(channel).map(({ message }) => message.title?.text ?? message.body),
    times: (channel: string) => of(channel).map(({ at }) => at),
    /** Makes the next post fail, before or after it gets out. */
    fail: (error: AppError, { afterPosting = false } = {}) => faults.push({ error, afterPosting }),
    hold: (channel: string) => held.set(channel, Promise.withResolvers()),
    release: (channel: string) => held.get(channel)?.resolve(),
    async until(channel: string, count: number): Promise<void> {
      while (of(channel).length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}
