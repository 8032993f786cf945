import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDiscordClock } from './clock.ts';
import type { RegisteredCommand } from './command-limits.ts';
import { createControl } from './control.ts';
import type { Exchange, Payload } from './exchange.ts';
import { createGateway } from './gateway.ts';
import { createInteractions } from './interactions.ts';
import { validateDiscordMessage } from './limits.ts';
import { createMessages, EPHEMERAL, type Json, type Message } from './messages.ts';
import { createOracle } from './oracle.ts';
import { createOutgoing } from './outgoing.ts';
import { toPayload } from './people.ts';
import type { PermissionName } from './permissions.ts';
import { type Channel, createBot, type User } from './place.ts';
import { createRealm } from './realm.ts';
import { createLimiter, type Limits } from './rest/limiter.ts';
import { createRest, tooMany } from './rest/rest.ts';
import { createBotRoutes } from './rest/routes.ts';
import { toChannel, toUser } from './shapes.ts';

const TOKEN = 'double-of-a-discord-token';

export interface DiscordOptions {
  readonly limits?: Limits;
  readonly heartbeatInterval?: number;
}

export type Discord = Awaited<ReturnType<typeof startDiscord>>;

/** A Discord of one guild: REST, gateway and HTTP interactions, and the people in it. */
export async function startDiscord({ limits = {}, heartbeatInterval = 41_250 }: DiscordOptions = {}) {
  const clock = createDiscordClock();
  const realm = createRealm(clock, createBot(clock));
  const { home: place } = realm;
  const messages = createMessages(clock, place);
  const limiter = createLimiter(clock, limits);
  const registered = new Map<string, readonly RegisteredCommand[]>();
  const parts = { clock, place, messages, check: (body: Json) => validateDiscordMessage(body) };
  const interactions = createInteractions(parts);
  const outgoing = createOutgoing(() => interactions);
  const state = { token: TOKEN, endpoint: null as string | null, sessionsLeft: 1000, port: 0, isPublic: false };
  const token = () => state.token;
  const gatewayUrl = () => `ws://127.0.0.1:${state.port}`;
  const gateway = createGateway({ clock, place, token, url: gatewayUrl, heartbeatInterval });
  const bot = createBotRoutes({
    ...parts,
    realm,
    registered,
    gatewayUrl,
    verifyKey: outgoing.publicHex,
    endpoint: () => state.endpoint,
    sessionsLeft: () => state.sessionsLeft,
    isPublic: () => state.isPublic,
  });
  const rest = createRest({ clock, limiter, oracle: createOracle(), routes: [...bot, ...interactions.routes], token });

  const server = createServer((request, response) => {
    rest.handle(request, response).catch((error) => {
      // A process that is killed in the middle of its request wants no answer.
      if (request.destroyed && !request.complete) return;
      rest.problems.push(String(error));
      response.writeHead(500).end();
    });
  });
  server.on('upgrade', gateway.accept);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.port = (server.address() as AddressInfo).port;

  const idOf = (channel: string) => realm.channel(channel)?.id ?? place.named(channel).id;
  const commands = () => [...(registered.get(place.guildId) ?? []), ...(registered.get('global') ?? [])];
  const sent = new Map<string, Payload>();
  function send(parts: Pick<Exchange, 'type' | 'user' | 'channel' | 'source'>, data: Json): Exchange {
    const exchange = interactions.start(parts);
    const payload = toPayload(realm.placeOf(exchange.channel), exchange, data);
    sent.set(exchange.id, { ...payload, id: exchange.id, token: exchange.token });
    deliver(exchange);
    return exchange;
  }

  function deliver({ id }: Exchange): void {
    const payload = sent.get(id);
    if (!payload) return;
    if (!state.endpoint) gateway.dispatch('INTERACTION_CREATE', payload);
    else outgoing.deliver(state.endpoint, payload).catch((error) => void rest.problems.push(String(error)));
  }

  return {
    api: `http://127.0.0.1:${state.port}/api`,
    token: state.token,
    publicKey: outgoing.publicHex,
    realm,
    place,
    people: place.people,
    /** Puts the bot on another guild. */
    addGuild: realm.addGuild,
    /** Sends the same interaction once more, as Discord does when it is not sure. */
    redeliver: deliver,
    forgetNonces: messages.forgetNonces,
    /** Somebody deletes a message. */
    removeMessage: messages.remove,
    clock,
    gateway,
    rest,
    limiter,
    outgoing,
    state,
    commands,
    ...createControl({ realm, messages, interactions, commands, send }),
    messages: (channel: string): readonly Message[] => messages.in(idOf(channel)),
    /** Every message that stands anywhere. */
    allMessages: messages.all,
    /** What the bot wrote to somebody alone. */
    directMessages: (user: User): readonly Message[] => messages.in(realm.directWith(user).id),
    /** Lets somebody write in a channel, so often. */
    chatter(channel: string, count: number): void {
      const author = toUser(place.people.member);
      for (let number = 0; number < count; number++)
        messages.create({ channel: idOf(channel), body: { content: `chatter ${number}` }, extra: { author } });
    },
    ephemeral: (channel: string): readonly Message[] =>
      messages.all().filter(({ channel_id: id, flags }) => id === idOf(channel) && flags & EPHEMERAL),
    calls: (method?: string, path?: RegExp) =>
      rest.calls.filter((call) => call.method === (method ?? call.method) && (path?.test(call.path) ?? true)),
    fail: rest.fail,
    /** Answers the next requests with 429. */
    limit: (
      scope: 'user' | 'global' | 'shared',
      seconds: number,
      { times = 1, path = /./, method = 'POST' } = {},
    ): void => rest.fail({ ...tooMany(scope, seconds), times, path, method }),
    close: gateway.close,
    addChannel: place.addChannel,
    deny(name: string, permissions: readonly PermissionName[]): void {
      place.named(name).overwrites = place.denials(permissions);
    },
    removeChannel(name: string): Channel {
      const channel = place.named(name);
      place.channels.delete(channel.id);
      gateway.dispatch('CHANNEL_DELETE', toChannel(channel));
      return channel;
    },
    /** Takes the token away from the bot: every request is refused from now on. */
    revoke(): void {
      state.token = `revoked-${clock.snowflake()}`;
    },
    /** Gives it back. */
    restore(): void {
      state.token = TOKEN;
    },
    /** Sends interactions to this URL instead of the gateway. */
    useHttp(url: string | null): void {
      state.endpoint = url;
    },
    async stop(): Promise<void> {
      gateway.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
