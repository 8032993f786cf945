import type { DiscordClock } from './clock.ts';
import { DiscordFailure } from './failure.ts';
import type { PermissionName } from './permissions.ts';
import { type Bot, type Channel, createPlace, type Place, type User } from './place.ts';

export type Realm = ReturnType<typeof createRealm>;

/** All that the bot can reach: the guilds it is on, and its direct messages. */
export function createRealm(clock: DiscordClock, bot: Bot) {
  const home = createPlace(clock, bot);
  const places: Place[] = [home];
  const directs = new Map<string, Channel>();
  /** People who take no messages from the bot. */
  const shy = new Set<string>();

  const placeWith = (channel: string) => places.find(({ channels }) => channels.has(channel));

  return {
    home,
    places,
    shy,
    /** Puts the bot on another guild, as anybody can who has its link. */
    addGuild(name: string): Place {
      const place = createPlace(clock, bot, name);
      places.push(place);
      return place;
    },
    guild(id: string): Place {
      const place = places.find(({ guildId }) => guildId === id);
      if (!place) throw new DiscordFailure(10004);
      return place;
    },
    /** Whose permissions count in a channel. */
    placeOf: (channel: Channel): Place => placeWith(channel.id) ?? home,
    channel: (id: string): Channel | undefined => directs.get(id) ?? placeWith(id)?.channels.get(id),
    reach(id: string, needed: readonly PermissionName[] = []): Channel {
      const direct = directs.get(id);
      if (direct) return direct;
      return (placeWith(id) ?? home).reach(id, needed);
    },
    userOf: (id: string): User | undefined => places.map(({ users }) => users.get(id)?.user).find(Boolean),
    /** The direct messages of the bot and somebody. */
    directWith({ id: user, username }: User): Channel {
      const known = [...directs.values()].find(({ members }) => members.has(user));
      if (known) return known;
      const channel: Channel = {
        id: clock.snowflake(),
        name: username,
        kind: 'direct',
        members: new Set([user]),
        overwrites: [],
        archived: false,
        locked: false,
        tags: [],
        requiresTag: false,
        applied: [],
      };
      directs.set(channel.id, channel);
      return channel;
    },
  };
}
