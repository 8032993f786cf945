import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, SimpleIdentifyThrottler } from 'discord.js';
import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { REQUEST_TIMEOUT } from './api.ts';
import { type ClientEnd, createClientEnd } from './client-end.ts';
import { stoppedMeanwhile, toGatewayEnd } from './gateway-end.ts';
import { createLoginBudget } from './login-budget.ts';
import { toAppError, tokenRefused } from './to-app-error.ts';
import type { Token } from './token.ts';

export interface GatewayParts {
  readonly token: Token;
  readonly apiUrl?: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onInteraction: (interaction: unknown) => void;
  /** Called when Discord ends an open connection. */
  readonly onEnd: () => void;
  /** Milliseconds that a login may take. */
  readonly deadline?: number;
  /** How many logins need not wait. */
  readonly logins?: number;
}

export interface Gateway {
  /** Logs in, in place of an earlier connection. Throws `AppError`. */
  open(): Promise<void>;
  close(): Promise<void>;
  readonly state: 'closed' | 'connecting' | 'connected' | 'ended';
  /** Why Discord ended the connection, which stays closed until it is opened again. */
  readonly end: AppError | undefined;
}

/** Discord allows a thousand logins a day, and asking whether there is one left is not one. */
const LOGIN_RETRY = 5 * 60_000;

interface Connection {
  readonly client: Client;
  /** Aborts when it is ended. */
  readonly signal: AbortSignal;
  end(): Promise<void>;
}

/** The connection over which Discord sends what people type and click. Reconnects by itself whenever that can help. */
export function createGateway(parts: GatewayParts): Gateway {
  const { token, apiUrl, clock, log, onInteraction, onEnd, deadline = 15_000 } = parts;
  const logins = createLoginBudget(clock, parts.logins);
  let connection: Connection | undefined;
  let state: Gateway['state'] = 'closed';
  let end: AppError | undefined;
  let stood = false;
  let wanted = false;

  async function connect(): Promise<Connection> {
    const { Client, Events, GatewayDispatchEvents, SimpleIdentifyThrottler } = await import('discord.js');
    const clientEnd = await createClientEnd();
    const { buildStrategy, makeRequest } = clientEnd;
    const client = new Client({
      // Interactions need no intent, and without one Discord sends nothing that we would only throw away.
      intents: [],
      ws: { buildStrategy, buildIdentifyThrottler: () => withinBudget(new SimpleIdentifyThrottler(1), clientEnd) },
      rest: { timeout: REQUEST_TIMEOUT, retries: 0, makeRequest, ...(apiUrl && { api: apiUrl }) },
    });
    passOver(client, GatewayDispatchEvents.InteractionCreate);
    client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction) => {
      if (connection?.client === client) onInteraction(interaction);
    });
    client.on(Events.Error, (error) => log.error({ err: error }, 'the Discord gateway failed'));
    client.on(Events.ShardError, (error) => log.warn({ reason: error.message }, 'the Discord gateway has trouble'));
    // One that was given up may still be closing while the next one is open.
    const change = (next: Gateway['state']) => connection?.client === client && become(next);
    client.on(Events.ShardReady, () => change('connected'));
    client.on(Events.ShardResume, () => change('connected'));
    client.on(Events.ShardReconnecting, () => change('connecting'));
    // The library itself still calls a client ready whose connection has ended.
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (!change('ended')) return;
      end = toGatewayEnd(code);
      log.error({ code }, end.message);
      if (stood) onEnd();
    });
    return { client, signal: clientEnd.signal, end: () => clientEnd.end(client) };
  }

  /** The library logs in again by itself, and would do so as fast as it may. */
  function withinBudget(
    throttler: SimpleIdentifyThrottler,
    clientEnd: ClientEnd,
  ): Pick<SimpleIdentifyThrottler, 'waitForIdentify'> {
    return {
      async waitForIdentify(shard, signal) {
        for (let { pause } = logins; pause > 0; pause = logins.pause) {
          log.warn({ seconds: Math.ceil(pause / 1000) }, 'Bellhop logged in to Discord too often, and waits');
          await clock.sleep(pause, signal);
          signal.throwIfAborted();
        }
        await throttler.waitForIdentify(shard, signal);
        clientEnd.signal.throwIfAborted();
        logins.spend();
      },
    };
  }

  function become(next: Gateway['state']): boolean {
    if (state === 'closed' || state === 'ended' || state === next) return false;
    state = next;
    if (next !== 'ended') log.info({ state }, 'the Discord gateway changed');
    return true;
  }

  return {
    get state() {
      return state;
    },
    get end() {
      return end;
    },
    async open() {
      if (logins.pause > 0) throw loginsSpent(logins.pause);
      wanted = true;
      stood = false;
      await connection?.end();
      connection = await connect();
      if (!wanted) throw stoppedMeanwhile();
      state = 'connecting';
      end = undefined;
      const { client, signal } = connection;
      const patience = new AbortController();
      signal.addEventListener('abort', () => patience.abort());
      try {
        // Against a gateway that refuses connections the library tries for ever.
        await Promise.race([client.login(token.now), expire(deadline, patience.signal)]);
        become('connected');
        stood = true;
      } catch (error) {
        if (!end) state = 'closed';
        await connection.end();
        if (!wanted) throw stoppedMeanwhile();
        throw end ?? toLoginError(error);
      } finally {
        patience.abort();
      }
    },
    async close() {
      wanted = false;
      state = 'closed';
      await connection?.end();
    },
  };
}

/**
 * Keeps the library from reading events that are read here: it remembers everybody who ever types something, and one of a shape
 * that it does not expect would end the process.
 */
function passOver({ ws }: Client, event: string): void {
  const handle: unknown = Reflect.get(ws, 'handlePacket');
  if (typeof handle !== 'function') return;
  Reflect.set(ws, 'handlePacket', (packet?: { readonly t?: string }, ...rest: readonly unknown[]) =>
    packet?.t === event ? true : handle.call(ws, packet, ...rest),
  );
}

function toLoginError(error: unknown): AppError {
  if (error instanceof Error && 'code' in error && error.code === 'TokenInvalid') return tokenRefused(error);
  if (error instanceof Error && error.message.startsWith('Not enough sessions')) return loginsSpent(LOGIN_RETRY, error);
  return toAppError(error);
}

function loginsSpent(retryAfter: number, cause?: unknown): AppError {
  return new AppError(
    429,
    'discord_logins',
    'Bellhop has logged in to Discord too often, and must wait. It tries again by itself.',
    { cause, retryAfter },
  );
}

async function expire(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false });
  throw new AppError(504, 'discord_silent', 'The Discord gateway did not accept the connection in time.', {
    retryAfter: 5_000,
  });
}
