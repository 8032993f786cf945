import type { Client, ClientOptions } from 'discord.js';

type BuildStrategy = NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>;

/** Ends a connection that does not stand yet. */
export interface Parking {
  /** To be given to the client. */
  readonly buildStrategy: BuildStrategy;
  /** Lets the client make no further try, and destroys it when it comes to the next. */
  park(client: Client): void;
}

/**
 * The library cannot be told to give up: a client destroyed while it connects tries again for ever, and an error of the try
 * under way then goes unheard and ends the process. But before each try it asks for the session to resume, and there we
 * leave it waiting.
 */
export async function createParking(): Promise<Parking> {
  const { SimpleShardingStrategy } = await import('discord.js');
  let parked: Client | undefined;
  return {
    buildStrategy(manager) {
      const { retrieveSessionInfo } = manager.options;
      manager.options.retrieveSessionInfo = async (shard: number) => {
        if (!parked) return retrieveSessionInfo(shard);
        await parked.destroy();
        return new Promise(() => {});
      };
      return new SimpleShardingStrategy(manager);
    },
    park(client) {
      parked = client;
      client.once('shardReady', () => void client.destroy());
    },
  };
}
