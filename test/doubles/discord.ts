import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDiscordClock } from './discord/clock.ts';
import type { RegisteredCommand } from './discord/command-limits.ts';
import { type Exchange, INTERACTION } from './discord/exchange.ts';
import { createGateway } from './discord/gateway.ts';
import { createInteractions } from './discord/interactions.ts';
import { createLimiter, type Limits } from './discord/limiter.ts';
import { createMessages, EPHEMERAL, type Json, LOADING, type Message } from './discord/messages.ts';
import { createOracle } from './discord/oracle.ts';
import { createOutgoing } from './discord/outgoing.ts';
import { buttonOf, mayUse, optionOf, type Typed, toCommandData, toPayload, toSubmission } from './discord/people.ts';
import type { PermissionName } from './discord/permissions.ts';
import { type Channel, createPlace, type User } from './discord/place.ts';
import { createRest, tooMany } from './discord/rest.ts';
import { createBotRoutes } from './discord/routes.ts';
import { toChannel } from './discord/shapes.ts';
import { validateDiscordMessage } from './discord-limits.ts';

export interface DiscordOptions {
  readonly limits?: Limits;
  readonly heartbeatInterval?: number;
}

export interface Where {
  readonly user?: User;
  readonly channel?: string;
  /** Sends it even where Discord's own app would not let them. */
  readonly force?: boolean;
}

export type Discord = Awaited<ReturnType<typeof startDiscord>>;

/** A Discord of one guild: REST, gateway and HTTP interactions, and the people in it. */
export async function startDiscord({ limits = {}, heartbeatInterval = 41_250 }: DiscordOptions = {}) {
  const clock = createDiscordClock();
  const place = createPlace(clock);
  const messages = createMessages(clock, place);
  const limiter = createLimiter(clock, limits);
  const registered = new Map<string, readonly RegisteredCommand[]>();
  const parts = { clock, place, messages, check: (body: Json) => validateDiscordMessage(body) };
  const interactions = createInteractions(parts);
  const outgoing = createOutgoing(() => interactions);
  const state = { token: 'double-token', endpoint: null as string | null, sessionsLeft: 1000, port: 0 };
  const token = () => state.token;
  const gatewayUrl = () => `ws://127.0.0.1:${state.port}`;
  const gateway = createGateway({ clock, place, token, url: gatewayUrl, heartbeatInterval });
  const bot = createBotRoutes({
    ...parts,
    registered,
    gatewayUrl,
    verifyKey: outgoing.publicHex,
    endpoint: () => state.endpoint,
    sessionsLeft: () => state.sessionsLeft,
  });
  const rest = createRest({ clock, limiter, oracle: createOracle(), routes: [...bot, ...interactions.routes], token });

  const server = createServer((request, response) => {
    rest.handle(request, response).catch((error) => {
      rest.problems.push(String(error));
      response.writeHead(500).end();
    });
  });
  server.on('upgrade', gateway.accept);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.port = (server.address() as AddressInfo).port;

  const commands = () => [...(registered.get(place.guildId) ?? []), ...(registered.get('global') ?? [])];
  const whereabouts = ({ user = place.people.member, channel = 'ops' }: Where) => ({
    user,
    channel: place.named(channel),
  });

  function send(parts: Pick<Exchange, 'type' | 'user' | 'channel' | 'source'>, data: Json): Exchange {
    const exchange = interactions.start(parts);
    const payload = { ...toPayload(place, exchange, data), id: exchange.id, token: exchange.token };
    if (!state.endpoint) gateway.dispatch('INTERACTION_CREATE', payload);
    else outgoing.deliver(state.endpoint, payload).catch((error) => void rest.problems.push(String(error)));
    return exchange;
  }

  const acknowledged = async (exchange: Exchange): Promise<Exchange> =>
    interactions.until(() => (exchange.acknowledged === undefined ? undefined : exchange), 'a first answer');

  function guard(name: string, { force = false, ...where }: Where): void {
    const command = commands().find((candidate) => candidate.name === name);
    const { user, channel } = whereabouts(where);
    if (command && !force && !mayUse(place, command, user, channel))
      throw new Error(`Discord does not show ${name} to ${user.username}`);
  }

  function mustSee(message: Message, exchange: Where): void {
    if (!messages.all().some(({ id }) => id === message.id)) throw new Error('that message is gone');
    if (exchange.channel && place.named(exchange.channel).id !== message.channel_id)
      throw new Error('that message is elsewhere');
  }

  return {
    api: `http://127.0.0.1:${state.port}/api`,
    token: state.token,
    publicKey: outgoing.publicHex,
    place,
    people: place.people,
    clock,
    gateway,
    rest,
    limiter,
    outgoing,
    state,
    commands,
    /** Types a command and waits for the first answer. */
    async type(path: string, options: Typed = {}, where: Where = {}): Promise<Exchange> {
      guard(path.replace(/^\//, '').split(' ')[0] ?? '', where);
      return acknowledged(
        send({ type: INTERACTION.command, ...whereabouts(where) }, toCommandData(commands(), path, options)),
      );
    },
    /** What completes an option of a command while it is typed. */
    async complete(
      path: string,
      focused: string,
      typed: string,
      { options = {}, ...where }: Where & { readonly options?: Typed } = {},
    ) {
      const data = toCommandData(commands(), path, { ...options, [focused]: typed }, focused);
      const exchange = await acknowledged(send({ type: INTERACTION.complete, ...whereabouts(where) }, data));
      return exchange.choices ?? [];
    },
    async click(message: Message, label: string, where: Where = {}): Promise<Exchange> {
      mustSee(message, where);
      const { custom_id: id } = buttonOf(message, label);
      const channel = message.channel_id;
      return acknowledged(
        send(
          { type: INTERACTION.component, ...whereabouts({ ...where, channel }), source: message },
          { custom_id: id, component_type: 2 },
        ),
      );
    },
    async choose(message: Message, label: string, where: Where = {}): Promise<Exchange> {
      mustSee(message, where);
      const { menu, value } = optionOf(message, label);
      const data = { custom_id: menu.custom_id, component_type: 3, values: [value] };
      return acknowledged(
        send(
          { type: INTERACTION.component, ...whereabouts({ ...where, channel: message.channel_id }), source: message },
          data,
        ),
      );
    },
    /** Fills in the modal that an exchange was answered with. */
    async submit(
      { modal, user, channel, source }: Exchange,
      filled: Readonly<Record<string, string>> = {},
    ): Promise<Exchange> {
      if (!modal) throw new Error('there is no modal to submit');
      return acknowledged(
        send({ type: INTERACTION.modal, user, channel, ...(source && { source }) }, toSubmission(modal, filled)),
      );
    },
    /** Uses a command of the message menu ("Apps"). */
    async apps(name: string, message: Message, where: Where = {}): Promise<Exchange> {
      guard(name, where);
      const command = commands().find((candidate) => candidate.name === name && candidate.type === 3);
      if (!command) throw new Error(`${name} is not registered`);
      const data = {
        id: command.id,
        name,
        type: 3,
        target_id: message.id,
        resolved: { messages: { [message.id]: message } },
      };
      return acknowledged(
        send({ type: INTERACTION.command, ...whereabouts({ ...where, channel: message.channel_id }) }, data),
      );
    },
    /** Sends an interaction as it is, however strange, without waiting. */
    inject: (type: number, data: Json, where: Where & { readonly source?: Message } = {}): Exchange =>
      send({ type, ...whereabouts(where), ...(where.source && { source: where.source }) }, data),
    /** The message that answers, once it says something. */
    answer: async (exchange: Exchange): Promise<Message> =>
      interactions.until(() => {
        const all = messages.all();
        const original = all.find(({ id }) => id === exchange.original);
        if (original && original !== exchange.source && !(original.flags & LOADING)) return original;
        return all.find(({ id }) => id === exchange.followups[0]);
      }, 'an answer'),
    messages: (channel: string): readonly Message[] => messages.in(place.named(channel).id),
    ephemeral: (channel: string): readonly Message[] =>
      messages.all().filter(({ channel_id: id, flags }) => id === place.named(channel).id && flags & EPHEMERAL),
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
      gateway.dispatch('CHANNEL_DELETE', toChannel(place, channel));
      return channel;
    },
    /** Takes the token away from the bot: every request is refused from now on. */
    revoke(): void {
      state.token = `revoked-${clock.snowflake()}`;
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
