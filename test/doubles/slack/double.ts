import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createFaults } from './faults.ts';
import { validateSlackMessage } from './limits.ts';
import type { Outcome } from './outcome.ts';
import { createPeople } from './people.ts';
import { createRateLimit, type Rate } from './rate-limit.ts';
import { postSigned, type RequestTarget, signatureOf } from './requests.ts';
import { createSockets } from './sockets.ts';
import { createResponseUrls, createTriggers } from './tickets.ts';
import { createTokens } from './tokens.ts';
import { createChatMethods, type Validate } from './web-api/chat-methods.ts';
import { createReactionMethods } from './web-api/reaction-methods.ts';
import { createReadMethods } from './web-api/read-methods.ts';
import { createViewMethods } from './web-api/view-methods.ts';
import { createWebServer } from './web-api/web-server.ts';
import { createWorkspace, type Json, type SlackMessage } from './workspace.ts';

export interface SlackOptions {
  readonly now?: () => number;
  /** How long an acknowledgement may take, in milliseconds. */
  readonly ackTimeout?: number;
  readonly port?: number;
  readonly validate?: Validate;
}

interface State {
  down: boolean;
  /** Whether the command's manifest says `should_escape`. */
  escapes: boolean;
  rate?: Rate;
  target?: RequestTarget;
  last?: Delivered;
  /** Whether Slack can reach no picture. */
  pictureless: boolean;
}

interface Delivered {
  readonly type: string;
  readonly payload: Json;
  readonly envelope: string;
  readonly retry: number;
}

export const BOT_TOKEN = 'xoxb-double-bot-token';
export const APP_TOKEN = 'xapp-double-app-token';
export const SIGNING_SECRET = 'double-signing-secret';

export type Slack = Awaited<ReturnType<typeof startSlack>>;

/** Slack on this machine: its Web API, sockets and response URLs for the app; typing, clicking and looking for the test. */
export async function startSlack({
  now = Date.now,
  ackTimeout = 3_000,
  port = 0,
  validate = validateSlackMessage,
}: SlackOptions = {}) {
  const workspace = createWorkspace(now);
  const [triggers, responses] = [createTriggers(now), createResponseUrls(now)];
  const [tokens, faults] = [createTokens(BOT_TOKEN, APP_TOKEN), createFaults()];
  const sockets = createSockets({ ackTimeout });
  const calls: { readonly method: string; readonly args: Json }[] = [];
  const state: State = { down: false, escapes: true, pictureless: false };
  const check: Validate = (payload) => [...validate(payload), ...(state.pictureless ? unreachable(payload, '') : [])];

  const server = createWebServer({
    workspace,
    tokens,
    faults,
    responses,
    validate: check,
    limit: createRateLimit(now, () => state.rate),
    record: (method, args) => calls.push({ method, args }),
    isDown: () => state.down,
    methods: {
      ...createChatMethods(workspace, check),
      ...createReactionMethods(workspace),
      ...createReadMethods(workspace),
      ...createViewMethods(workspace, triggers.redeem),
      'apps.connections.open': () => sockets.ticket(origin),
    },
  });
  server.on('upgrade', (request, socket, head) =>
    state.down ? socket.destroy() : sockets.upgrade(request, socket, head),
  );
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const send = ({ type, payload, envelope, retry }: Delivered): Promise<Outcome> =>
    state.target
      ? postSigned(state.target, { type, payload, now: now(), timeout: ackTimeout, retry })
      : sockets.deliver(type, payload, { envelope, retry });
  const deliver = (type: string, payload: Json): Promise<Outcome> => {
    state.last = { type, payload, envelope: workspace.nextId('envelope-'), retry: 0 };
    return send(state.last);
  };
  const idOf = (channel: string) => workspace.channelOf(channel)?.id;
  const ephemeral = (user = 'member') =>
    workspace.ephemerals.filter(({ seenBy }) => seenBy === workspace.userOf(user)?.id);

  return {
    apiUrl: `${origin}/api/`,
    workspace,
    scopes: tokens.scopes,
    ...createPeople({ workspace, triggers, responses, origin: () => origin, deliver, escapes: () => state.escapes }),
    /** What a channel shows, oldest first. */
    messages: (channel = 'ops') => workspace.messages.filter((message) => message.channel === idOf(channel)),
    /** Somebody answers a message in its thread. */
    answerInThread: ({ channel, ts }: SlackMessage, user: string) =>
      void workspace.messages.push({ ts: workspace.nextTs(), channel, user, text: 'Thanks!', thread_ts: ts }),
    /** What one person alone was shown, oldest first. */
    ephemeral,
    /** The same without what says that an answer takes a moment, which a slow machine may show. */
    answers: (user?: string) => ephemeral(user).filter(({ text }) => text !== 'Working on it…'),
    /** The modal somebody has in front of them. */
    modal: (user = 'member') =>
      [...workspace.views.values()].findLast((view) => view.user === workspace.userOf(user)?.id),
    home: (user = 'member') => workspace.homes.get(workspace.userOf(user)?.id ?? ''),
    /** The arguments of every call of a method so far. */
    calls: (method: string) => calls.filter((call) => call.method === method).map(({ args }) => args),
    lastTrigger: triggers.last,
    connections: sockets.count,
    disconnect: sockets.disconnect,
    kill: sockets.kill,
    freeze: sockets.freeze,
    renewAtOnce: sockets.renewAtOnce,
    /** Sends once more what was sent last, as Slack does when it sees no acknowledgement. */
    async redeliver(): Promise<Outcome> {
      if (!state.last) throw new Error('Nothing was sent yet.');
      state.last = { ...state.last, retry: state.last.retry + 1 };
      return send(state.last);
    },
    /** Refuses every picture from now on, as one that cannot be downloaded. */
    refusePictures() {
      state.pictureless = true;
    },
    fail: faults.add,
    /** Lets chance decide what goes wrong with each call from now on. */
    trouble: faults.trouble,
    revoke: (token: string, error = 'token_revoked') => tokens.revoke(token, error),
    restore: (token: string) => tokens.revoke(token, undefined),
    /** Gives out a new token, and takes no old one of its kind any more. */
    replace: tokens.replace,
    /** Limits every channel from now on. */
    limit(rate: Rate) {
      state.rate = rate;
    },
    sign: (body: string, at: number) => signatureOf(SIGNING_SECRET, body, at),
    /** Sends everything to a request URL from now on, instead of a socket. */
    postTo(url: string) {
      state.target = { url, signingSecret: SIGNING_SECRET };
    },
    /** Sends names as they are typed from now on, as without `should_escape` in the manifest. */
    keepNames() {
      state.escapes = false;
    },
    /** Refuses every connection until `up`. */
    down() {
      state.down = true;
      sockets.kill();
      server.closeAllConnections();
    },
    up() {
      state.down = false;
    },
    async stop() {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What Slack says of every picture in a message when it can download none. */
function unreachable(value: unknown, at: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('image_url' in value) return [`downloading image failed [json-pointer:${at}/image_url]`];
  return Object.entries(value).flatMap(([name, part]) => unreachable(part, `${at}/${name}`));
}
