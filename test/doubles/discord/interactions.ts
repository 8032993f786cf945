import { EventEmitter, once } from 'node:events';
import type { DiscordClock } from './clock.ts';
import { validateModal } from './command-limits.ts';
import { CALLBACK, type Exchange, INTERACTION, type Modal } from './exchange.ts';
import { DiscordFailure } from './failure.ts';
import { EPHEMERAL, type Json, LOADING, type Message, type Messages } from './messages.ts';
import type { Place } from './place.ts';
import type { Route, RouteCall } from './rest/rest.ts';
import { mayHold } from './rest/routes.ts';
import { toUser } from './shapes.ts';

const FIRST_ANSWER = 3_000;
const LIFE = 15 * 60_000;

export interface InteractionParts {
  readonly clock: DiscordClock;
  readonly place: Place;
  readonly messages: Messages;
  readonly check: (body: Json) => readonly string[];
}

export type Interactions = ReturnType<typeof createInteractions>;

/** Interactions and their answers: three seconds for the first, fifteen minutes for the rest. */
export function createInteractions({ clock, place, messages, check }: InteractionParts) {
  const exchanges = new Map<string, Exchange>();
  const changes = new EventEmitter().setMaxListeners(0);

  function start(parts: Pick<Exchange, 'type' | 'user' | 'channel' | 'source'>): Exchange {
    const id = clock.snowflake();
    const token = `double-${Buffer.from(id).toString('base64url')}`;
    const exchange: Exchange = {
      id,
      token,
      createdAt: clock.pushed(),
      loading: false,
      followups: [],
      told: [],
      ...parts,
    };
    exchanges.set(token, exchange);
    return exchange;
  }

  /** The first answer, by REST or in the HTTP response. */
  function respond(
    id: string,
    token: string,
    { type, data = {} }: { type?: number; data?: Json },
    files: readonly string[] = [],
  ): Exchange {
    const exchange = exchanges.get(token);
    if (exchange?.id !== id || clock.pushed() - exchange.createdAt > FIRST_ANSWER) throw new DiscordFailure(10062);
    if (exchange.acknowledged !== undefined) throw new DiscordFailure(40060);
    if (!allowed(exchange.type).includes(type as never))
      throw new DiscordFailure(50035, [`an answer of type ${type} to an interaction of type ${exchange.type}`]);
    apply(exchange, type as number, data, files);
    exchange.acknowledged = type as number;
    changes.emit('change');
    return exchange;
  }

  function apply(exchange: Exchange, type: number, data: Json, files: readonly string[]): void {
    const ephemeral = Number(data.flags ?? 0) & EPHEMERAL;
    switch (type) {
      case CALLBACK.message:
        mayHold(data, files, check);
        exchange.original = say(exchange, data, ephemeral).id;
        exchange.told.push(exchange.original);
        return;
      case CALLBACK.defer:
        exchange.original = say(exchange, {}, ephemeral | LOADING).id;
        exchange.loading = true;
        return;
      case CALLBACK.deferUpdate:
        if (exchange.source) exchange.original = exchange.source.id;
        return;
      case CALLBACK.update:
        if (!exchange.source) return;
        mayHold({ content: 'kept', ...data }, files, check);
        exchange.original = messages.edit(exchange.source.id, data).id;
        if (data.embeds || data.content) exchange.told.push(exchange.original);
        return;
      case CALLBACK.complete:
        exchange.choices = completed(data);
        return;
      default: {
        const wrong = validateModal(data);
        if (wrong.length > 0) throw new DiscordFailure(50035, wrong);
        exchange.modal = data as unknown as Modal;
      }
    }
  }

  function say(exchange: Exchange, body: Json, flags: number): Message {
    const owners = { 0: place.guildId };
    const metadata = {
      id: exchange.id,
      type: INTERACTION.command,
      user: toUser(exchange.user),
      authorizing_integration_owners: owners,
    };
    return messages.create({
      channel: exchange.channel.id,
      body,
      flags,
      extra: { interaction_metadata: metadata, webhook_id: place.application.id, application_id: place.application.id },
    });
  }

  function alive([application, token = '']: readonly string[]): Exchange {
    const exchange = exchanges.get(token);
    if (!exchange || application !== place.application.id) throw new DiscordFailure(10015);
    if (clock.pushed() - exchange.createdAt > LIFE) throw new DiscordFailure(50027);
    if (exchange.acknowledged === undefined) throw new DiscordFailure(10015);
    return exchange;
  }

  function target(exchange: Exchange, name = ''): string {
    const id = name === '@original' ? exchange.original : name;
    if (!id) throw new DiscordFailure(name === '@original' ? 10015 : 10008);
    return id;
  }

  function edit(exchange: Exchange, id: string, { body, files }: RouteCall): Message {
    mayHold({ content: 'kept', ...body }, files, check);
    const message = messages.get(exchange.channel.id, id);
    if (id === exchange.original) exchange.loading = false;
    const edited = messages.edit(id, body, message.flags & ~LOADING);
    if (body.embeds || body.content) exchange.told.push(id);
    changes.emit('change');
    return edited;
  }

  const open = (method: string, template: string, handle: Route['handle']): Route => ({
    method,
    template,
    open: true,
    handle,
  });
  const routes: readonly Route[] = [
    open('POST', '/interactions/:/:/callback', ({ params: [id = '', token = ''], body, files }) => {
      respond(id, token, body, files);
      return { status: 204 };
    }),
    open('POST', '/webhooks/:/:', (call) => {
      const exchange = alive(call.params);
      // A follow-up to "thinking" is taken for the answer itself, and is as visible as the thinking was.
      if (exchange.loading && exchange.original) return { status: 200, body: edit(exchange, exchange.original, call) };
      mayHold(call.body, call.files, check);
      const message = say(exchange, call.body, Number(call.body.flags ?? 0) & EPHEMERAL);
      exchange.followups.push(message.id);
      exchange.told.push(message.id);
      changes.emit('change');
      return { status: 200, body: message };
    }),
    open('GET', '/webhooks/:/:/messages/:', ({ params }) => {
      const exchange = alive(params);
      return { status: 200, body: messages.get(exchange.channel.id, target(exchange, params[2])) };
    }),
    open('PATCH', '/webhooks/:/:/messages/:', (call) => {
      const exchange = alive(call.params);
      return { status: 200, body: edit(exchange, target(exchange, call.params[2]), call) };
    }),
    open('DELETE', '/webhooks/:/:/messages/:', ({ params }) => {
      const exchange = alive(params);
      const id = target(exchange, params[2]);
      messages.remove(id);
      if (id === exchange.original) exchange.loading = false;
      changes.emit('change');
      return { status: 204 };
    }),
  ];

  return {
    start,
    respond,
    routes,
    /** Waits until something holds of an exchange; gives up with a sentence. */
    async until<T>(find: () => T | undefined, what: string, patience = 30_000): Promise<T> {
      const signal = AbortSignal.timeout(patience);
      for (;;) {
        const value = find();
        if (value !== undefined) return value;
        await once(changes, 'change', { signal }).catch(() => {
          throw new Error(`The bot never gave ${what}.`);
        });
      }
    },
  };
}

function allowed(type: number): readonly number[] {
  if (type === INTERACTION.complete) return [CALLBACK.complete];
  if (type === INTERACTION.command) return [CALLBACK.message, CALLBACK.defer, CALLBACK.modal];
  const component = [CALLBACK.message, CALLBACK.defer, CALLBACK.deferUpdate, CALLBACK.update];
  return type === INTERACTION.component ? [...component, CALLBACK.modal] : component;
}

function completed({ choices }: Json): { readonly name: string; readonly value: string }[] {
  const given = Array.isArray(choices) ? choices : [];
  const bad = given.some(
    ({ name = '', value = '' }) => !name || [...String(name)].length > 100 || [...String(value)].length > 100,
  );
  if (given.length > 25 || bad) throw new DiscordFailure(50035, ['choices']);
  return given;
}
