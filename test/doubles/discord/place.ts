import type { DiscordClock } from './clock.ts';
import { DiscordFailure } from './failure.ts';
import { bits, effective, type Overwrite, PERMISSION, type PermissionName } from './permissions.ts';

export const CHANNEL = {
  text: 0,
  direct: 1,
  voice: 2,
  category: 4,
  announcement: 5,
  thread: 11,
  privateThread: 12,
  forum: 15,
} as const;
export type ChannelKind = keyof typeof CHANNEL;

export interface User {
  readonly id: string;
  readonly username: string;
  readonly bot?: true;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly parent?: string;
  readonly owner?: string;
  /** The guild it is in; nothing for direct messages. */
  readonly guild?: string;
  /** Who is in a direct message besides the bot, or in a private thread. */
  readonly members: Set<string>;
  overwrites: Overwrite[];
  archived: boolean;
  archivedAt?: number;
  /** Of a thread: only moderators write in it, and open it again. */
  locked: boolean;
  /** Of a forum: what its posts can be tagged with, and whether each must be. */
  tags: readonly Tag[];
  requiresTag: boolean;
  /** Of a post in a forum. */
  applied: readonly string[];
}

export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
}

/** A bot of an application; only in old ones they have the same id. */
export interface Bot {
  readonly application: { readonly id: string; readonly name: string };
  readonly user: User;
}

interface Inhabitant {
  readonly user: User;
  permissions: bigint;
  /** The role that gives them these permissions, and those that give nothing. */
  readonly role: string;
  readonly roles: Set<string>;
}

export type Place = ReturnType<typeof createPlace>;

export const EVERYONE = bits(['viewChannel', 'sendMessages', 'readMessageHistory', 'useApplicationCommands']);
/** The owner may do everything, though no role says so. */
const OWNED = new Map([['', bits(['administrator'])]]);
const BOT = bits([
  'viewChannel',
  'sendMessages',
  'embedLinks',
  'attachFiles',
  'readMessageHistory',
  'createPublicThreads',
  'sendMessagesInThreads',
]);

export function createBot(clock: DiscordClock): Bot {
  const application = { id: clock.snowflake(), name: 'Bellhop' };
  return { application, user: { id: clock.snowflake(), username: 'bellhop', bot: true } };
}

/** A guild with the bot on it: its channels, roles and people. */
export function createPlace(clock: DiscordClock, { application, user: bot }: Bot, name = 'Acme') {
  const guildId = clock.snowflake();
  const channels = new Map<string, Channel>();
  const users = new Map<string, Inhabitant>();
  const botRole = { id: clock.snowflake(), permissions: BOT };

  function addUser(username: string, permissions: readonly PermissionName[] = []): User {
    const user = { id: clock.snowflake(), username };
    users.set(user.id, { user, permissions: bits(permissions), role: clock.snowflake(), roles: new Set() });
    return user;
  }

  function addChannel(
    name: string,
    {
      kind = 'text' as ChannelKind,
      deny = [] as readonly PermissionName[],
      parent,
      owner,
      id,
    }: {
      kind?: ChannelKind;
      deny?: readonly PermissionName[];
      parent?: string;
      owner?: string;
      id?: string;
    } = {},
  ): Channel {
    const channel: Channel = {
      id: id ?? clock.snowflake(),
      name,
      kind,
      archived: false,
      locked: false,
      tags: [],
      requiresTag: false,
      applied: [],
      guild: guildId,
      members: new Set(),
      overwrites: denials(deny),
      ...(parent && { parent }),
      ...(parent && { owner: owner ?? people.owner.id }),
    };
    channels.set(channel.id, channel);
    return channel;
  }

  function denials(deny: readonly PermissionName[]): Overwrite[] {
    return deny.length === 0 ? [] : [{ id: bot.id, type: 1, allow: '0', deny: String(bits(deny)) }];
  }

  function permissionsOf(userId: string, channel: Channel): bigint {
    const { role, permissions, roles: more } = users.get(userId) ?? { role: botRole.id, ...botRole, roles: [] };
    const roles = new Map([[guildId, EVERYONE], [role, permissions], ...[...more].map((id) => [id, 0n] as const)]);
    const overwrites = (channel.parent && channels.get(channel.parent)?.overwrites) || channel.overwrites;
    if (userId === people.owner.id) return effective({ guildId, userId, roles: OWNED }, overwrites);
    return effective({ guildId, userId, roles }, overwrites);
  }

  /** Gives a forum tags to choose from. */
  function addTags(forum: Channel, names: readonly string[], { moderated = false } = {}): readonly Tag[] {
    const added = names.map((name) => ({ id: clock.snowflake(), name, moderated }));
    forum.tags = [...forum.tags, ...added];
    return added;
  }

  const people = {
    owner: addUser('olga'),
    admin: addUser('ada', ['manageGuild', 'manageWebhooks']),
    member: addUser('mia', ['manageWebhooks']),
    outsider: addUser('otto'),
  };
  addChannel('ops');
  addChannel('deploys');

  return {
    name,
    guildId,
    application,
    bot,
    botRole,
    channels,
    users,
    people,
    addUser,
    addChannel,
    addTags,
    denials,
    permissionsOf,
    /** Hides a channel from everybody but these, the bot and the owner. */
    hide(channelName: string, ...others: readonly User[]): void {
      const view = String(bits(['viewChannel']));
      const found = this.named(channelName);
      found.overwrites = [
        { id: guildId, type: 0, allow: '0', deny: view },
        ...[bot, ...others].map(({ id }) => ({ id, type: 1 as const, allow: view, deny: '0' })),
      ];
    },
    rolesOf: (userId: string): Set<string> => users.get(userId)?.roles ?? new Set([botRole.id]),
    named(name: string): Channel {
      const found = [...channels.values()].find((channel) => channel.name === name || channel.id === name);
      if (!found) throw new Error(`the double has no channel called ${name}`);
      return found;
    },
    /** The channel, if the bot may do this there; otherwise Discord's own refusal. */
    reach(id: string, needed: readonly PermissionName[] = []): Channel {
      const channel = channels.get(id);
      if (!channel) throw new DiscordFailure(10003);
      const has = permissionsOf(bot.id, channel);
      if (!(has & PERMISSION.viewChannel)) throw new DiscordFailure(50001);
      if (needed.some((name) => !(has & PERMISSION[name]))) throw new DiscordFailure(50013);
      return channel;
    },
  };
}
