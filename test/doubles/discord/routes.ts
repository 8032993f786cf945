import type { DiscordClock } from './clock.ts';
import { type RegisteredCommand, validateCommands } from './command-limits.ts';
import { DiscordFailure } from './failure.ts';
import type { Json, Message, Messages } from './messages.ts';
import type { PermissionName } from './permissions.ts';
import type { Channel, Place } from './place.ts';
import type { Route } from './rest.ts';
import { toApplication, toChannel, toMember, toRoles, toUser } from './shapes.ts';

export interface RouteParts {
  readonly clock: DiscordClock;
  readonly place: Place;
  readonly messages: Messages;
  readonly registered: Map<string, readonly RegisteredCommand[]>;
  readonly check: (body: Json) => readonly string[];
  readonly gatewayUrl: () => string;
  readonly verifyKey: string;
  readonly endpoint: () => string | null;
  readonly sessionsLeft: () => number;
}

/** Everything a bot may ask with its token. */
export function createBotRoutes(parts: RouteParts): readonly Route[] {
  const { clock, place, messages, registered, check } = parts;
  const route = (method: string, template: string, handle: Route['handle']): Route => ({ method, template, handle });
  const found = (body: unknown) => ({ status: 200, body });

  function send(channel: Channel, body: Json, files: readonly string[]): Message {
    mayHold(body, files, check);
    if (channel.archived) channel.archived = false;
    return messages.create({ channel: channel.id, body });
  }

  function startThread(channel: Channel, body: Json, id?: string): Channel {
    return place.addChannel(String(body.name), {
      kind: 'thread',
      parent: channel.id,
      owner: place.bot.id,
      ...(id && { id }),
    });
  }

  function setCommands(key: string, body: Json, guild?: string) {
    const commands = body as unknown as readonly RegisteredCommand[];
    const wrong = validateCommands(commands);
    if (wrong.length > 0) throw new DiscordFailure(50035, wrong);
    const stored = commands.map((command) => ({
      description: '',
      default_member_permissions: null,
      nsfw: false,
      type: 1,
      ...command,
      id: clock.snowflake(),
      application_id: place.application.id,
      version: clock.snowflake(),
      // Contexts are for global commands only, and forgotten of others.
      ...(guild && { guild_id: guild, contexts: null }),
    }));
    registered.set(key, stored);
    return found(stored);
  }

  return [
    route('GET', '/gateway/bot', () =>
      found({
        url: parts.gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: parts.sessionsLeft(), reset_after: 0, max_concurrency: 1 },
      }),
    ),
    route('GET', '/applications/@me', () => found(toApplication(place, parts.verifyKey, parts.endpoint()))),
    route('GET', '/users/@me', () => found({ ...toUser(place.bot), mfa_enabled: false, locale: 'en-US' })),
    route('GET', '/users/@me/guilds', () =>
      found([
        {
          id: place.guildId,
          name: 'Acme',
          icon: null,
          banner: null,
          owner: false,
          permissions: String(place.botRole.permissions),
          features: [],
        },
      ]),
    ),
    route('GET', '/guilds/:/channels', () =>
      found(
        [...place.channels.values()]
          .filter(({ kind }) => kind !== 'thread')
          .map((channel) => toChannel(place, channel)),
      ),
    ),
    route('GET', '/guilds/:/threads/active', () => {
      const threads = [...place.channels.values()].filter(({ kind, archived }) => kind === 'thread' && !archived);
      return found({ threads: threads.map((thread) => toChannel(place, thread)), members: [], has_more: false });
    }),
    route('GET', '/guilds/:/roles', () => found(toRoles(place))),
    route('GET', '/guilds/:/members/:', ({ params }) => {
      const user = params[1] === place.bot.id ? place.bot : place.users.get(params[1] ?? '')?.user;
      if (!user) throw new DiscordFailure(10007);
      return found(toMember(place, user));
    }),
    route('GET', '/channels/:', ({ params: [id = ''] }) => found(toChannel(place, place.reach(id)))),
    route('PATCH', '/channels/:', ({ params: [id = ''], body }) => {
      const channel = place.reach(id);
      if (typeof body.archived === 'boolean') channel.archived = body.archived;
      return found(toChannel(place, channel));
    }),
    route('GET', '/channels/:/messages', ({ params: [id = ''], query }) => {
      const { kind } = place.reach(id, ['readMessageHistory']);
      if (kind === 'forum' || kind === 'category') throw new DiscordFailure(50008);
      return found(page(messages.in(id), query));
    }),
    route('GET', '/channels/:/messages/:', ({ params: [id = '', message = ''] }) => {
      place.reach(id, ['readMessageHistory']);
      return found(messages.get(id, message));
    }),
    route('POST', '/channels/:/messages', ({ params: [id = ''], body, files }) => {
      const channel = place.reach(id);
      if (channel.kind === 'category') throw new DiscordFailure(50008);
      if (channel.kind === 'forum') throw new DiscordFailure(40058);
      place.reach(id, needed(channel, body, files));
      return found(send(channel, body, files));
    }),
    route('PATCH', '/channels/:/messages/:', ({ params: [id = '', message = ''], body, files }) => {
      const channel = place.reach(id);
      if (channel.archived) throw new DiscordFailure(50083);
      messages.get(id, message);
      mayHold({ content: 'kept', ...body }, files, check);
      return found(messages.edit(message, body));
    }),
    route('DELETE', '/channels/:/messages/:', ({ params: [id = '', message = ''] }) => {
      messages.get(place.reach(id).id, message);
      messages.remove(message);
      return { status: 204 };
    }),
    route('POST', '/channels/:/messages/:/threads', ({ params: [id = '', message = ''], body }) => {
      const channel = place.reach(id, ['createPublicThreads']);
      messages.get(id, message);
      if (place.channels.has(message)) throw new DiscordFailure(160004);
      return { status: 201, body: toChannel(place, startThread(channel, body, message)) };
    }),
    route('POST', '/channels/:/threads', ({ params: [id = ''], body, files }) => {
      const channel = place.reach(id, ['sendMessages', 'createPublicThreads']);
      if (channel.kind !== 'forum') throw new DiscordFailure(50035, ['only forums take a message here']);
      const thread = startThread(channel, body);
      const content = body.message as Json;
      mayHold(content, files, check);
      // In a forum, the first message has the id of its thread.
      const message = messages.create({ channel: thread.id, body: content, extra: { id: thread.id } });
      return { status: 201, body: { ...toChannel(place, thread), message } };
    }),
    route('GET', '/applications/:/commands', () => found(registered.get('global') ?? [])),
    route('PUT', '/applications/:/commands', ({ body }) => setCommands('global', body)),
    route('GET', '/applications/:/guilds/:/commands', ({ params }) => found(registered.get(params[1] ?? '') ?? [])),
    route('PUT', '/applications/:/guilds/:/commands', ({ params, body }) =>
      setCommands(params[1] ?? '', body, params[1]),
    ),
  ];
}

/** Refuses what Discord would refuse of a message. */
export function mayHold(body: Json, files: readonly string[], check: (body: Json) => readonly string[]): void {
  const empty = !body.content && !hasAny(body.embeds) && !hasAny(body.components) && files.length === 0;
  if (empty) throw new DiscordFailure(50006);
  const wrong = check(body);
  if (wrong.length > 0) throw new DiscordFailure(50035, wrong);
}

function needed(channel: Channel, body: Json, files: readonly string[]): readonly PermissionName[] {
  return [
    channel.kind === 'thread' ? 'sendMessagesInThreads' : 'sendMessages',
    ...(hasAny(body.embeds) ? (['embedLinks'] as const) : []),
    ...(files.length > 0 ? (['attachFiles'] as const) : []),
    ...(body.message_reference ? (['readMessageHistory'] as const) : []),
  ];
}

/** Newest first, as Discord pages its history. */
function page(all: readonly Message[], query: URLSearchParams): readonly Message[] {
  const limit = Number(query.get('limit') ?? 50);
  const [after, before] = [query.get('after'), query.get('before')];
  const newestFirst = all
    .filter(({ id }) => (!after || BigInt(id) > BigInt(after)) && (!before || BigInt(id) < BigInt(before)))
    .toReversed();
  return after ? newestFirst.slice(-limit) : newestFirst.slice(0, limit);
}

function hasAny(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
