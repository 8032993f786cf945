import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'discord.js';
import { AppError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { REQUEST_TIMEOUT } from './api.ts';
import type { Interaction } from './interaction.ts';
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

/** The connection over which Discord tells what people type and click. Reconnects by itself whenever that can help. */
export function createGateway({ token, apiUrl, log, onInteraction, deadline = 15_000 }: GatewayParts): Gateway {
  let client: Client | undefined;
  let state: Gateway['state'] = 'closed';
  let endedWith: number | undefined;

  async function connect(): Promise<Client> {
    const { Client, Events, GatewayDispatchEvents } = await import('discord.js');
    // Interactions need no intent, and without one Discord sends nothing that we would only throw away.
    const connection = new Client({
      intents: [],
      rest: { timeout: REQUEST_TIMEOUT, retries: 0, ...(apiUrl && { api: apiUrl }) },
    });
    connection.ws.on(GatewayDispatchEvents.InteractionCreate, onInteraction);
    connection.on(Events.Error, (error) => log.error({ err: error }, 'the Discord gateway failed'));
    connection.on(Events.ShardError, (error) => log.warn({ reason: error.message }, 'the Discord gateway has trouble'));
    connection.on(Events.ShardReady, () => change('connected'));
    connection.on(Events.ShardResume, () => change('connected'));
    connection.on(Events.ShardReconnecting, () => change('connecting'));
    // The library itself still calls a client ready whose connection has ended.
    connection.on(Events.ShardDisconnect, ({ code }) => {
      endedWith = code;
      change('ended');
      log.error({ code }, 'Discord ended the gateway connection for good');
    });
    return connection;
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
      client = await connect();
      state = 'connecting';
      const patience = new AbortController();
      try {
        // Against a gateway that refuses connections the library tries for ever.
        await Promise.race([client.login(token), expire(deadline, patience.signal)]);
        change('connected');
      } catch (error) {
        state = 'closed';
        await client.destroy();
        throw toLoginError(error);
      } finally {
        patience.abort();
      }
    },
    async close() {
      state = 'closed';
      await client?.destroy();
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
