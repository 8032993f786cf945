import type { DiscordClock } from './clock.ts';
import { DiscordFailure } from './failure.ts';
import { bits, effective, type Overwrite, PERMISSION, type PermissionName } from './permissions.ts';

export const CHANNEL = { text: 0, voice: 2, category: 4, announcement: 5, thread: 11, forum: 15 } as const;
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
  overwrites: Overwrite[];
  archived: boolean;
}

export type Place = ReturnType<typeof createPlace>;

const EVERYONE = bits(['viewChannel', 'sendMessages', 'readMessageHistory', 'useApplicationCommands']);
const BOT = bits([
  'viewChannel',
  'sendMessages',
  'embedLinks',
  'attachFiles',
  'readMessageHistory',
  'createPublicThreads',
  'sendMessagesInThreads',
]);

/** A guild called Acme: its channels, roles and people, and the shapes Discord gives them. */
export function createPlace(clock: DiscordClock) {
  const guildId = clock.snowflake();
  const application = { id: clock.snowflake(), name: 'Bellhop' };
  const bot: User = { id: application.id, username: 'bellhop', bot: true };
  const channels = new Map<string, Channel>();
  const users = new Map<string, { readonly user: User; permissions: bigint; readonly roles: Set<string> }>();
  const botRole = { id: clock.snowflake(), permissions: BOT };

  function addUser(username: string, permissions: readonly PermissionName[] = []): User {
    const user = { id: clock.snowflake(), username };
    users.set(user.id, { user, permissions: bits(permissions), roles: new Set() });
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
      overwrites: denials(deny),
      ...(parent && { parent }),
      ...(owner && { owner }),
    };
    channels.set(channel.id, channel);
    return channel;
  }

  function denials(deny: readonly PermissionName[]): Overwrite[] {
    return deny.length === 0 ? [] : [{ id: bot.id, type: 1, allow: '0', deny: String(bits(deny)) }];
  }

  function permissionsOf(userId: string, channel: Channel): bigint {
    const own = userId === bot.id ? botRole.permissions : (users.get(userId)?.permissions ?? 0n);
    const roles = new Map([
      [guildId, EVERYONE],
      [userId === bot.id ? botRole.id : userId, own],
    ]);
    const overwrites = (channel.parent && channels.get(channel.parent)?.overwrites) || channel.overwrites;
    return effective({ guildId, userId, roles }, overwrites);
  }

  const people = {
    owner: addUser('olga', ['administrator']),
    admin: addUser('ada', ['manageGuild', 'manageWebhooks']),
    member: addUser('mia', ['manageWebhooks']),
    outsider: addUser('otto'),
  };
  addChannel('ops');
  addChannel('deploys');

  return {
    guildId,
    application,
    bot,
    botRole,
    channels,
    users,
    people,
    addUser,
    addChannel,
    denials,
    permissionsOf,
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
