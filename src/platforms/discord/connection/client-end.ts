import type { Client, ClientOptions, RESTOptions, SimpleShardingStrategy } from 'discord.js';
import { readingWhole } from './read-whole.ts';
import { within } from './within.ts';

type BuildStrategy = NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>;

/** Ends a client at whatever point its connection is. */
export interface ClientEnd {
  /** These two are to be given to the client. */
  readonly buildStrategy: BuildStrategy;
  readonly makeRequest: RESTOptions['makeRequest'];
  /** Aborts when the client is ended: what still waits for it will get no answer. */
  readonly signal: AbortSignal;
  /** Closes every connection, and lets the client open no other. */
  end(client: Client): Promise<void>;
}

/** The connection of one of the library's shards, as far as it is needed to cut it. */
interface Socket {
  readonly readyState: number;
  addEventListener(name: 'error', listener: () => void): void;
  terminate(): void;
}

/** How long the peer may take to close properly, in milliseconds. */
const CLOSE_TIMEOUT = 1_000;
const OPEN = 1;

/**
 * The library has no way to give up: a client that is destroyed while it asks for the gateway connects all the same, one that
 * is destroyed while it connects tries again for ever, and an error of the attempt under way is then not handled and ends the process.
 */
export async function createClientEnd(): Promise<ClientEnd> {
  const { DefaultRestOptions, SimpleShardingStrategy } = await import('discord.js');
  const ended = new AbortController();
  const { signal } = ended;
  let strategy: SimpleShardingStrategy | undefined;

  function sockets(): readonly Socket[] {
    // Its shards and their sockets are the library's own, and it has no other way to them.
    const shards: unknown = strategy && Reflect.get(strategy, 'shards');
    if (!(shards instanceof Map)) return [];
    return [...shards.values()].map((shard) => Reflect.get(shard, 'connection')).filter(isSocket);
  }

  return {
    makeRequest: readingWhole(DefaultRestOptions.makeRequest, signal),
    buildStrategy(manager) {
      const { retrieveSessionInfo } = manager.options;
      // Called before every attempt. An attempt that must not be made waits here for ever.
      manager.options.retrieveSessionInfo = async (shard) =>
        signal.aborted ? new Promise(() => {}) : retrieveSessionInfo(shard);
      const made = new SimpleShardingStrategy(manager);
      strategy = made;
      const connect = made.connect.bind(made);
      made.connect = async () => {
        signal.throwIfAborted();
        await connect();
      };
      return made;
    },
    signal,
    async end(client) {
      const all = sockets();
      ended.abort();
      for (const socket of all) if (socket.readyState !== OPEN) cut(socket);
      await within(CLOSE_TIMEOUT, client.destroy(), undefined);
      for (const socket of all) cut(socket);
    },
  };
}

function cut(socket: Socket): void {
  socket.addEventListener('error', () => {});
  socket.terminate();
}

function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && 'terminate' in value;
}
