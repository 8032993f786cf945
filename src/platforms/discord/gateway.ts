import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'discord.js';
import { AppError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { REQUEST_TIMEOUT } from './api.ts';
import type { Interaction } from './interaction.ts';
import { createParking } from './parking.ts';
import { toAppError, tokenRefused } from './to-app-error.ts';

export interface GatewayParts {
  readonly token: string;
  readonly apiUrl?: string;
  readonly log: Log;
  readonly onInteraction: (interaction: Interaction) => void;
  /** Milliseconds that a login may take. */
  readonly deadline?: number;
}

export interface Gateway {
  /** Logs in. Throws `AppError`. */
  open(): Promise<void>;
  close(): Promise<void>;
  readonly state: 'closed' | 'connecting' | 'connected' | 'ended';
  /** Discord's code for a connection that will not come back. */
  readonly endedWith: number | undefined;
}

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const AUTHENTICATION_FAILED = 4004;

/** The library's status of a connection that does not stand yet. */
const CONNECTING = 1;

interface Connection {
  readonly client: Client;
  end(): Promise<void>;
}

/** The connection over which Discord tells what people type and click. Reconnects by itself whenever that can help. */
export function createGateway({ token, apiUrl, log, onInteraction, deadline = 15_000 }: GatewayParts): Gateway {
  let connection: Connection | undefined;
  let state: Gateway['state'] = 'closed';
  let endedWith: number | undefined;

  async function connect(): Promise<Connection> {
    const { Client, Events, GatewayDispatchEvents } = await import('discord.js');
    const { buildStrategy, park } = await createParking();
    const client = new Client({
      // Interactions need no intent, and without one Discord sends nothing that we would only throw away.
      intents: [],
      ws: { buildStrategy },
      rest: { timeout: REQUEST_TIMEOUT, retries: 0, ...(apiUrl && { api: apiUrl }) },
    });
    client.ws.on(GatewayDispatchEvents.InteractionCreate, onInteraction);
    client.on(Events.Error, (error) => log.error({ err: error }, 'the Discord gateway failed'));
    client.on(Events.ShardError, (error) => log.warn({ reason: error.message }, 'the Discord gateway has trouble'));
    client.on(Events.ShardReady, () => change('connected'));
    client.on(Events.ShardResume, () => change('connected'));
    client.on(Events.ShardReconnecting, () => change('connecting'));
    // The library itself still calls a client ready whose connection has ended.
    client.on(Events.ShardDisconnect, ({ code }) => {
      endedWith = code;
      change('ended');
      log.error({ code }, 'Discord ended the gateway connection for good');
    });
    return {
      client,
      async end() {
        if (client.ws.shards.some(({ status }) => status === CONNECTING)) return park(client);
        await client.destroy();
      },
    };
  }

  function change(next: Gateway['state']): void {
    if (state === 'closed' || state === 'ended' || state === next) return;
    state = next;
    if (next !== 'ended') log.info({ state }, 'the Discord gateway changed');
  }

  return {
    get state() {
      return state;
    },
    get endedWith() {
      return endedWith;
    },
    async open() {
      connection = await connect();
      state = 'connecting';
      endedWith = undefined;
      const patience = new AbortController();
      try {
        // Against a gateway that refuses connections the library tries for ever.
        await Promise.race([connection.client.login(token), expire(deadline, patience.signal)]);
        change('connected');
      } catch (error) {
        state = 'closed';
        await connection.end();
        throw toLoginError(error);
      } finally {
        patience.abort();
      }
    },
    async close() {
      state = 'closed';
      await connection?.end();
    },
  };

  function toLoginError(error: unknown): AppError {
    const refused =
      endedWith === AUTHENTICATION_FAILED ||
      (error instanceof Error && 'code' in error && error.code === 'TokenInvalid');
    return refused ? tokenRefused(error) : toAppError(error);
  }
}

async function expire(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false });
  throw new AppError(
    504,
    'discord_silent',
    'The Discord gateway did not let Bellhop in within the time it has for that.',
    { retryAfter: 5_000 },
  );
}
