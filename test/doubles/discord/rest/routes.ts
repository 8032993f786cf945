import type { DiscordClock } from '../clock.ts';
import { type RegisteredCommand, validateCommands } from '../command-limits.ts';
import { DiscordFailure } from '../failure.ts';
import type { Json, Message, Messages } from '../messages.ts';
import { PERMISSION, type PermissionName } from '../permissions.ts';
import type { Channel } from '../place.ts';
import type { Realm } from '../realm.ts';
import { isThread, toApplication, toChannel, toMember, toPlainGuild, toRoles, toUser } from '../shapes.ts';
import type { Route } from './rest.ts';
import { changeThread, checkName, checkTags } from './thread-rules.ts';

export interface RouteParts {
  readonly clock: DiscordClock;
  readonly realm: Realm;
  readonly messages: Messages;
  readonly registered: Map<string, readonly RegisteredCommand[]>;
  readonly check: (body: Json) => readonly string[];
  readonly gatewayUrl: () => string;
  readonly verifyKey: string;
  readonly endpoint: () => string | null;
  readonly sessionsLeft: () => number;
  readonly isPublic: () => boolean;
}

/** Everything a bot may ask with its token. */
export function createBotRoutes(parts: RouteParts): readonly Route[] {
  const { clock, realm, messages, registered, check } = parts;
  const { home } = realm;
  const route = (method: string, template: string, handle: Route['handle']): Route => ({ method, template, handle });
  const found = (body: unknown) => ({ status: 200, body });

  function moderates(channel: Channel): boolean {
    return Boolean(realm.placeOf(channel).permissionsOf(home.bot.id, channel) & PERMISSION.manageThreads);
  }

  function send(channel: Channel, body: Json, files: readonly string[]): Message {
    mayHold(body, files, check);
    if (channel.locked && !moderates(channel)) throw new DiscordFailure(160005);
    if (channel.archived) channel.archived = false;
    return messages.create({ channel: channel.id, body });
  }

  function sendDirectly(channel: Channel, body: Json, files: readonly string[]): Message {
    if ([...channel.members].some((member) => realm.shy.has(member))) throw new DiscordFailure(50007);
    return send(channel, body, files);
  }

  /** A message says which thread was begun from it. */
  function withThread(message: Message) {
    const thread = realm.channel(message.id);
    if (thread?.parent !== message.channel_id) return message;
    return { ...message, thread: { ...toChannel(thread), message_count: messages.in(thread.id).length } };
  }

  function startThread(channel: Channel, body: Json, id?: string): Channel {
    return realm.placeOf(channel).addChannel(checkName(body.name), {
      kind: 'thread',
      parent: channel.id,
      owner: home.bot.id,
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
      application_id: home.application.id,
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
    route('GET', '/applications/@me', () => {
      const { verifyKey, endpoint, isPublic } = parts;
      return found(toApplication(home, { verifyKey, endpoint: endpoint(), isPublic: isPublic() }));
    }),
    route('GET', '/users/@me', () => found({ ...toUser(home.bot), mfa_enabled: false, locale: 'en-US' })),
    route('GET', '/users/@me/guilds', () =>
      found(
        realm.places.map(({ guildId, name, botRole }) => ({
          id: guildId,
          name,
          icon: null,
          banner: null,
          owner: false,
          permissions: String(botRole.permissions),
          features: [],
        })),
      ),
    ),
    route('POST', '/users/@me/channels', ({ body }) => {
      const user = realm.userOf(String(body.recipient_id));
      if (!user) throw new DiscordFailure(50035, ['Unknown user [json-pointer:/recipient_id]']);
      return found(toChannel(realm.directWith(user)));
    }),
    route('GET', '/guilds/:', ({ params: [id = ''] }) => found(toPlainGuild(realm.guild(id)))),
    route('GET', '/guilds/:/channels', ({ params: [id = ''] }) =>
      found([...realm.guild(id).channels.values()].filter((channel) => !isThread(channel)).map(toChannel)),
    ),
    route('GET', '/guilds/:/threads/active', ({ params: [id = ''] }) => {
      const threads = [...realm.guild(id).channels.values()].filter((one) => isThread(one) && !one.archived);
      return found({ threads: threads.map(toChannel), members: [], has_more: false });
    }),
    route('GET', '/guilds/:/roles', ({ params: [id = ''] }) => found(toRoles(realm.guild(id)))),
    route('GET', '/guilds/:/members/search', ({ params: [id = ''], query }) => {
      const place = realm.guild(id);
      const typed = String(query.get('query') ?? '').toLowerCase();
      const people = [...place.users.values()]
        .map(({ user }) => user)
        .filter(({ username }) => username.startsWith(typed));
      return found(people.slice(0, Number(query.get('limit') ?? 1)).map((user) => toMember(place, user)));
    }),
    route('GET', '/guilds/:/members/:', ({ params: [id = '', member = ''] }) => {
      const place = realm.guild(id);
      const user = member === home.bot.id ? home.bot : place.users.get(member)?.user;
      if (!user) throw new DiscordFailure(10007);
      return found(toMember(place, user));
    }),
    route('GET', '/channels/:/thread-members/:', ({ params: [id = '', user = ''] }) => {
      if (!realm.reach(id).members.has(user)) throw new DiscordFailure(10007);
      return found({ id, user_id: user, join_timestamp: '2024-01-01T00:00:00.000000+00:00', flags: 0 });
    }),
    route('GET', '/channels/:/threads/archived/public', ({ params: [id = ''], query }) => {
      const forum = realm.reach(id, ['readMessageHistory']);
      const [before, limit] = [query.get('before'), Number(query.get('limit') ?? 50)];
      const archived = [...realm.placeOf(forum).channels.values()]
        .filter(
          ({ parent, archived, archivedAt = 0 }) =>
            parent === id && archived && (!before || archivedAt < Date.parse(before)),
        )
        .toSorted((a, b) => (b.archivedAt ?? 0) - (a.archivedAt ?? 0));
      return found({
        threads: archived.slice(0, limit).map(toChannel),
        members: [],
        has_more: archived.length > limit,
      });
    }),
    route('GET', '/channels/:', ({ params: [id = ''] }) => found(toChannel(realm.reach(id)))),
    route('PATCH', '/channels/:', ({ params: [id = ''], body }) => {
      const channel = realm.reach(id);
      const forum = channel.parent === undefined ? undefined : realm.channel(channel.parent);
      if (isThread(channel)) changeThread(channel, forum, body, { bot: home.bot.id, moderates: moderates(channel) });
      return found(toChannel(channel));
    }),
    route('GET', '/channels/:/messages', ({ params: [id = ''], query }) => {
      const { kind } = realm.reach(id, ['readMessageHistory']);
      if (kind === 'forum' || kind === 'category') throw new DiscordFailure(50008);
      return found(page(messages.in(id), query).map(withThread));
    }),
    route('GET', '/channels/:/messages/:', ({ params: [id = '', message = ''] }) => {
      realm.reach(id, ['readMessageHistory']);
      return found(messages.get(id, message));
    }),
    route('POST', '/channels/:/messages', ({ params: [id = ''], body, files }) => {
      const channel = realm.reach(id);
      if (channel.kind === 'direct') return found(sendDirectly(channel, body, files));
      if (channel.kind === 'category') throw new DiscordFailure(50008);
      if (channel.kind === 'forum') throw new DiscordFailure(40058);
      realm.reach(id, needed(channel, body, files));
      return found(send(channel, body, files));
    }),
    route('PATCH', '/channels/:/messages/:', ({ params: [id = '', message = ''], body, files }) => {
      const channel = realm.reach(id);
      if (channel.archived) throw new DiscordFailure(50083);
      messages.get(id, message);
      mayHold({ content: 'kept', ...body }, files, check);
      return found(messages.edit(message, body));
    }),
    route('DELETE', '/channels/:/messages/:', ({ params: [id = '', message = ''] }) => {
      messages.get(realm.reach(id).id, message);
      messages.remove(message);
      return { status: 204 };
    }),
    route('POST', '/channels/:/messages/:/threads', ({ params: [id = '', message = ''], body }) => {
      const channel = realm.reach(id, ['createPublicThreads']);
      messages.get(id, message);
      if (realm.channel(message)) throw new DiscordFailure(160004);
      return { status: 201, body: toChannel(startThread(channel, body, message)) };
    }),
    route('POST', '/channels/:/threads', ({ params: [id = ''], body, files }) => {
      const channel = realm.reach(id, ['sendMessages', 'createPublicThreads']);
      if (channel.kind !== 'forum') throw new DiscordFailure(50035, ['only forums take a message here']);
      const content = body.message as Json;
      mayHold(content, files, (inner) => check(inner).map((problem) => problem.replace(':/', ':/message/')));
      const applied = checkTags(body.applied_tags, { forum: channel, before: [], moderates: moderates(channel) });
      const thread = startThread(channel, body);
      thread.applied = applied;
      // In a forum, the first message has the id of its thread.
      const message = messages.create({ channel: thread.id, body: content, extra: { id: thread.id } });
      return { status: 201, body: { ...toChannel(thread), message } };
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
    isThread(channel) ? 'sendMessagesInThreads' : 'sendMessages',
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
