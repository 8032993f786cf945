import { notFound } from '../../src/core/errors.ts';
import type { Message } from '../../src/core/message/message.ts';
import type { Platform } from '../../src/core/platform/platform.ts';

export interface QuietPlatform extends Platform {
  readonly posted: { readonly channel: string; readonly message: Message }[];
}

/** A chat service with a few channels that remembers what it was given. */
export function createQuietPlatform(name: string, title: string, channels: readonly string[]): QuietPlatform {
  const posted: QuietPlatform['posted'] = [];
  return {
    name,
    title,
    posted,
    budget: { perSecond: 100, burst: 100 },
    async start() {},
    async stop() {},
    health: () => ({ ready: true, detail: 'ready' }),
    async channel(text) {
      const wanted = text.replace(/^#/, '');
      const found = channels.find((channel) => channel === wanted || idOf(channel) === wanted);
      if (!found) throw notFound(`The channel \`${text}\``);
      return { id: idOf(found), name: found };
    },
    sees: async () => true,
    open: async () => true,
    async post(channel, message) {
      posted.push({ channel, message });
      return { channel, id: String(posted.length) };
    },
    edit: async (ref) => ref,
    async find() {
      return undefined;
    },
  };
}

function idOf(channel: string): string {
  return `C-${channel}`;
}
