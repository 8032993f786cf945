import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from '../../../core/log.ts';
import { createClient } from './connect.ts';

/** Hears what any node says in the database. */
export interface Listener {
  on(channel: string, hear: (text: string) => void): void;
  /** Calls back once it hears again after it was cut off: something may have been missed. */
  onResumed(callback: () => void): void;
  /** Resolves once it hears, which it tries for as long as the database is away. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const AGAIN_AFTER = 200;
/** How often it is tried whether the connection still stands, in milliseconds. */
const LOOK_EVERY = 3_000;

/** Listens on one connection, which is opened again whenever it is lost. */
export function createListener({ url, log }: { readonly url: string; readonly log: Log }): Listener {
  const heard = new Map<string, ((text: string) => void)[]>();
  const resumed: (() => void)[] = [];
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();

  async function open(): Promise<pg.Client> {
    const client = createClient(url);
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload = '' }) => {
      for (const hear of heard.get(channel) ?? []) hear(payload);
    });
    try {
      await client.connect();
      for (const channel of heard.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** Resolves once the connection is lost, or nobody listens any more. */
  async function stay(client: pg.Client): Promise<void> {
    const lost = new AbortController();
    client.once('end', () => lost.abort());
    const either = AbortSignal.any([signal, lost.signal]);
    try {
      while (!either.aborted) {
        await sleep(LOOK_EVERY, undefined, { signal: either, ref: false }).catch(() => undefined);
        if (!either.aborted) await client.query('select 1');
      }
    } catch (error) {
      log.debug({ err: error }, 'the connection that listens does not answer');
    } finally {
      // What does not answer is not waited for.
      void client.end().catch(() => undefined);
    }
  }

  async function pause(): Promise<undefined> {
    await sleep(AGAIN_AFTER, undefined, { signal, ref: false }).catch(() => undefined);
  }

  async function keepOpen(first: pg.Client): Promise<void> {
    for (let client: pg.Client | undefined = first; !signal.aborted; ) {
      if (client) await stay(client);
      if (signal.aborted) return;
      await pause();
      client = await open().catch(() => undefined);
      if (client) for (const callback of resumed) callback();
    }
  }

  return {
    on(channel, hear) {
      heard.set(channel, [...(heard.get(channel) ?? []), hear]);
    },
    onResumed: (callback) => void resumed.push(callback),
    async start() {
      let first: pg.Client | undefined;
      while (!first && !signal.aborted) first = await open().catch(() => pause());
      if (first) running = keepOpen(first);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
