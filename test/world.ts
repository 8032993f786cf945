import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { ChatDescriptor } from '../src/app/chats.ts';
import { loadConfig } from '../src/app/config.ts';
import { type AppOptions, createApp } from '../src/app/create-app.ts';
import { discoverProviders } from '../src/app/discover-providers.ts';
import type { Clock } from '../src/core/clock.ts';
import { parseDelivery } from '../src/core/delivery/parse-delivery.ts';
import type { Journal } from '../src/core/event/journal.ts';
import type { SpanLine } from '../src/core/message/terminal-lines.ts';
import type { Platform } from '../src/core/platform/platform.ts';
import type { CallProvider } from '../src/core/provider/call-provider.ts';
import type { FetchPublished } from '../src/core/provider/fetch-published.ts';
import type { ByteSealer } from '../src/stores/shared/byte-sealer.ts';
import { openHere } from './doubles/journal-worker.ts';

export interface WorldOptions {
  /** Read again when a chat service refuses a token. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly platforms?: readonly Platform[];
  /** The chat services that Bellhop knows, in place of its own. */
  readonly descriptors?: readonly ChatDescriptor[];
  readonly clock?: Clock;
  /** A data folder that another world left. */
  readonly folder?: string;
  readonly journal?: (folder: string, sealer: ByteSealer) => Promise<Journal>;
  /** The address of a PostgreSQL database that keeps the journal, as the environment would name it. */
  readonly database?: string;
  /** Fetches the keys that senders publish. */
  readonly fetch?: FetchPublished;
  /** Asks providers' APIs for what they could not deliver. */
  readonly call?: CallProvider;
  /** Takes the lines about events that a terminal shows. */
  readonly report?: (line: SpanLine) => void;
  /** Takes the log's lines. */
  readonly log?: (line: string) => void;
  /** The tunnel programs that may run; none when absent. */
  readonly tunnels?: NonNullable<AppOptions['tunnels']>;
}

export interface Endpoint {
  readonly name: string;
  readonly provider: string;
  readonly url: string;
  readonly secret: string;
  readonly id: string;
}

export interface ReplyBody {
  readonly text: string;
  readonly visibleTo: string;
  readonly message: {
    readonly actions: readonly {
      readonly label: string;
      readonly command?: string;
      readonly options?: Record<string, string>;
    }[];
    readonly title?: { text: string };
  };
  readonly data: Record<string, unknown> & { readonly endpoint?: Endpoint; readonly code?: string };
  readonly form?: {
    readonly command: string;
    readonly ask: readonly string[];
    readonly options: Readonly<Record<string, string>>;
  };
}

export interface ChannelMessage {
  readonly id: string;
  readonly text: string;
  readonly message: ReplyBody['message'] & { readonly body: string; readonly severity: string };
  readonly drawings: Readonly<Record<string, readonly unknown[]>>;
}

/** What the nodes of a database seal with. */
const KEY = 'a'.repeat(64);

export type World = Awaited<ReturnType<typeof aWorld>>;

export const providers = await discoverProviders(join(import.meta.dirname, '../src/providers'));

/** The whole of Bellhop, running on a port of its own with a folder of its own, used through its front door. */
export async function aWorld({
  environment = {},
  platforms = [],
  descriptors,
  clock,
  folder: given,
  report,
  log,
  database,
  journal = database === undefined ? openInFolder : undefined,
  fetch: fetchPublished,
  call: callProvider,
  tunnels = new Map(),
}: WorldOptions = {}) {
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'bellhop-')));
  const readConfig = () =>
    loadConfig({
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: log ? 'debug' : 'silent',
      ...(database && { DATABASE_URL: database, BELLHOP_KEY: KEY }),
      ...environment,
    });
  const printed: string[] = [];
  const app = await createApp({
    config: readConfig(),
    readConfig,
    platforms,
    tunnels,
    print: (line) => printed.push(line),
    log: log ? pino({ level: 'debug' }, { write: log }) : pino({ level: 'silent' }),
    ...(report && { report }),
    ...(descriptors && { descriptors }),
    ...(clock && { clock }),
    ...(journal && { journal }),
    ...(fetchPublished && { fetch: fetchPublished }),
    ...(callProvider && { call: callProvider }),
  });
  await app.start();
  const { publicUrl } = app;

  async function call<T>(
    path: string,
    { method = 'GET', body }: { method?: string; body?: unknown } = {},
  ): Promise<{ status: number; json: T }> {
    const response = await fetch(`${publicUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${app.adminToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as T };
  }

  const world = {
    app,
    folder,
    publicUrl,
    printed,
    call,
    /** Types a command in a channel. */
    async type(text: string, { channel = 'ops', user = 'Mona' } = {}): Promise<ReplyBody> {
      return (await call<ReplyBody>('/api/v1/commands', { method: 'POST', body: { text, channel, user } })).json;
    },
    /** Clicks a button of a message. */
    async click(
      { message }: Pick<ReplyBody, 'message'>,
      label: RegExp,
      { channel = 'ops', user = 'Mona' } = {},
    ): Promise<ReplyBody> {
      const action = message.actions.find((candidate) => label.test(candidate.label));
      if (!action?.command)
        throw new Error(`no button ${label} among ${message.actions.map(({ label }) => label).join(', ')}`);
      return (
        await call<ReplyBody>('/api/v1/commands', {
          method: 'POST',
          body: { command: action.command, options: action.options, channel, user },
        })
      ).json;
    },
    async endpoint(provider: string, words = ''): Promise<Endpoint> {
      const reply = await world.type(`/webhook new ${provider} ${words}`);
      if (!reply.data?.endpoint) throw new Error(reply.text);
      // A secret that was given is not given back.
      const [, given] = /(?:^| )secret=(\S+)/.exec(words) ?? [];
      return { ...reply.data.endpoint, ...(given && { secret: given }) };
    },
    /** Delivers a payload, signed for real. */
    async deliver(
      endpoint: Endpoint,
      {
        payload = {},
        body = JSON.stringify(payload),
        headers = {},
        secret = endpoint.secret,
        method = 'POST',
      }: Sending = {},
    ): Promise<Response> {
      return fetch(endpoint.url, {
        method,
        headers: signed(endpoint, { headers, body: Buffer.from(body), secret }),
        ...(method !== 'GET' && { body: new Uint8Array(Buffer.from(body)) }),
      });
    },
    /** Resolves once everything kept so far is decided and posted. */
    async settled(): Promise<void> {
      await app.relay.idle();
    },
    async messages(channel = 'ops'): Promise<readonly ChannelMessage[]> {
      return (await call<{ messages: ChannelMessage[] }>(`/api/v1/channels/${channel}/messages`)).json.messages;
    },
    async events(
      query = '',
    ): Promise<
      readonly { id: string; type: string; state: string; about: { title: string } | null; deliveryId: string }[]
    > {
      return (
        await call<{
          events: { id: string; type: string; state: string; about: { title: string } | null; deliveryId: string }[];
        }>(`/api/v1/events?${query}`)
      ).json.events;
    },
    async refusals(): Promise<readonly { reason: string; status: number }[]> {
      return (await call<{ refusals: { reason: string; status: number }[] }>('/api/v1/refusals')).json.refusals;
    },
    async [Symbol.asyncDispose]() {
      await app.stop();
      if (!given) await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

export function openInFolder(folder: string, sealer: ByteSealer): Promise<Journal> {
  return openHere({ path: join(folder, 'journal.db'), sealer });
}

interface Sending {
  readonly payload?: unknown;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly secret?: string;
  readonly method?: string;
}

/** The headers that make a delivery genuine. */
export function signed(
  endpoint: Pick<Endpoint, 'provider' | 'url'>,
  { headers, body, secret }: { headers: Record<string, string>; body: Buffer; secret: string },
): Record<string, string> {
  const provider = providers.get(endpoint.provider);
  if (!provider) throw new Error(`no provider ${endpoint.provider}`);
  const all = { 'content-type': 'application/json', ...headers };
  const delivery = {
    method: 'POST',
    url: '',
    headers: all,
    query: {},
    body,
    receivedAt: new Date(),
    remoteAddress: '',
  };
  return {
    ...all,
    ...(secret && provider.signature.sign(parseDelivery(delivery), secret, { url: endpoint.url, options: {} })),
  };
}

let deliveries = 0;

/** A GitHub push by somebody to some repository, each to a commit of its own and under its own delivery id. */
export function aPush({
  repository = 'acme/api',
  by = 'octocat',
  message = 'Fix the door',
  id = `push-${++deliveries}`,
} = {}): { payload: object; headers: Record<string, string> } {
  return {
    headers: { 'x-github-event': 'push', 'x-github-delivery': id },
    payload: {
      ref: 'refs/heads/main',
      after: hash('sha1', id),
      compare: `https://github.com/${repository}/compare/a...b`,
      repository: { full_name: repository, html_url: `https://github.com/${repository}` },
      sender: { login: by },
      pusher: { name: by },
      commits: [
        {
          id: 'b123456789',
          message,
          url: `https://github.com/${repository}/commit/b123456789`,
          author: { name: by, username: by },
        },
      ],
    },
  };
}
