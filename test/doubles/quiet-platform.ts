import { AppError, notFound } from '../../src/core/errors.ts';
import type { Message } from '../../src/core/message/message.ts';
import type { Platform } from '../../src/core/platform/platform.ts';

export interface QuietPlatform extends Platform {
  readonly posted: { readonly channel: string; readonly message: Message }[];
  /** Who is in each private channel; every other channel is open. */
  readonly members: Map<string, string[]>;
  /** The channels it was asked about, each time. */
  readonly asked: string[];
  /** The channels that it has no longer. */
  readonly gone: string[];
  /** Whether it cannot be asked who sees what. */
  away: boolean;
}

/** A chat service with a few channels that remembers what it was given. */
export function createQuietPlatform(
  name: string,
  title: string,
  channels: readonly string[],
  members: Readonly<Record<string, string[]>> = {},
): QuietPlatform {
  const posted: QuietPlatform['posted'] = [];
  const platform: QuietPlatform = {
    name,
    title,
    posted,
    members: new Map(Object.entries(members)),
    asked: [],
    gone: [],
    away: false,
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
    profiles: async () => [],
    person: async (text) => ({ id: text.replace(/^@/, ''), isGroup: false }),
    link: async () => undefined,
    async sees(user, channel) {
      ask(channel);
      return platform.members.get(channel.slice(2))?.includes(user) ?? true;
    },
    async open(channel) {
      ask(channel);
      return !platform.members.has(channel.slice(2));
    },
    async post(channel, message) {
      posted.push({ channel, message });
      return { channel, id: String(posted.length) };
    },
    edit: async (ref) => ref,
    async find() {
      return undefined;
    },
  };
  function ask(channel: string): void {
    platform.asked.push(channel);
    if (platform.gone.includes(channel.slice(2))) throw notFound('This channel');
    if (platform.away) throw new AppError(503, 'away', `${title} is away, and so is \`#${channel.slice(2)}\`.`);
  }
  return platform;
}

function idOf(channel: string): string {
  return `C-${channel}`;
}
