import type { RequestListener } from 'node:http';
import type { App, HTTPReceiver } from '@slack/bolt';
import type { CommandRunner } from '../../core/command/command.ts';
import type { PlatformNews } from '../../core/platform/platform.ts';
import { toBoltLogger } from './connection/bolt-logger.ts';
import { createIdentity, type Identity } from './connection/identity.ts';
import { createInbox } from './connection/inbox.ts';
import { keepConnected, type SocketLine } from './connection/keep-connected.ts';
import type { SlackOptions } from './connection/options.ts';
import { receiveAtOnce } from './connection/receive-at-once.ts';
import { createRespond } from './connection/respond.ts';
import { createSentNonces, type SentNonces } from './connection/sent-nonces.ts';
import { createTokens, perToken } from './connection/tokens.ts';
import { clientOptions, createCall, type SlackCall } from './connection/web-calls.ts';
import { createAnswer } from './conversation/answer.ts';
import { type Channels, createChannels } from './conversation/channels.ts';
import { createConversation } from './conversation/conversation.ts';
import { createDoor } from './conversation/door.ts';
import { createForms } from './conversation/forms.ts';
import { listen } from './conversation/listen.ts';
import { createPeople } from './conversation/people.ts';
import { createProfiles } from './conversation/profiles.ts';
import { createSubmit } from './conversation/submit-form.ts';
import { createSuggest } from './conversation/suggest.ts';
import { createVisibility, type Visibility } from './conversation/visibility.ts';

/** Everything that exists between start and stop. */
export interface Session {
  readonly call: SlackCall;
  readonly identity: Identity;
  readonly channels: Channels;
  readonly people: ReturnType<typeof createPeople>;
  readonly profiles: ReturnType<typeof createProfiles>;
  readonly visibility: Visibility;
  readonly nonces: SentNonces;
  readonly lines: readonly SocketLine[];
  /** Opens the sockets, where there is a token for them, or closes them. */
  listen(on: boolean): Promise<void>;
  readonly requestListener: RequestListener | undefined;
  /** Resolves once every token was tried. */
  readonly tried: Promise<unknown>;
  stop(): Promise<void>;
}

/** The parts that receive what comes from Slack. */
export interface Listeners {
  readonly run: CommandRunner;
  readonly news?: PlatformNews;
  /** Whether sockets are to be opened at once. */
  readonly listening: boolean;
}

/** While Slack renews one connection the other one listens. */
const LINES = 2;
const BODY_LIMIT = 1_048_576;
const FINISH_WITHIN = 3_000;

/** Loads Bolt, which an installation without Slack never does, and wires it to commands. Tokens that are refused throw nothing here. */
export async function openSession({ run, news, listening }: Listeners, options: SlackOptions): Promise<Session> {
  const { signingSecret, apiUrl, parseMarkdown, clock, log } = options;
  const bolt = await import('@slack/bolt');
  const tokens = createTokens(options);
  const logger = toBoltLogger(log);
  const silent = toBoltLogger();
  const call = createCall({
    client: perToken(
      () => tokens.bot,
      (token) => new bolt.webApi.WebClient(token, { ...clientOptions(apiUrl), logger: silent }),
    ),
    onRefusal: (refusal) => {
      if (refusal.kind === 'credential') identity.doubt(refusal);
    },
  });
  const identity = createIdentity({ call, renew: tokens.renew, clock, log });
  const channels = createChannels({ call, clock, named: (channel) => news?.named(channel) });
  const people = createPeople({ call, clock, team: identity.teamId });
  const respond = createRespond(apiUrl);
  const answer = createAnswer({ call, respond, parseMarkdown, clock, log });
  const forms = createForms({ call, run, channels, log });
  const working = createInFlight();
  const conversation = createConversation({ run, answer, forms, people, channels, clock, log });
  const submit = createSubmit({ conversation, forms, call, clock, parseMarkdown, log });
  const suggest = createSuggest({ conversation, run, clock, log });

  const app = new bolt.App({
    receiver: { init: () => undefined, start: async () => undefined, stop: async () => undefined },
    // Bolt would ask by itself whose token it is, and end the process when Slack refuses it.
    authorize: async () => ({ botToken: tokens.bot, teamId: identity.team?.id ?? '' }),
    clientOptions: clientOptions(apiUrl),
    logger,
    convoStore: false,
  });
  app.use(({ next }) => working.add(next()));
  listen(app, { conversation, submit, suggest, channels, call, parseMarkdown, log });
  const door = createDoor({ inner: app, home: () => identity.home, respond, call, log });
  const intake = createInbox(door, options.claims);

  const toSocket = () => {
    const installerOptions = { clientOptions: { ...clientOptions(apiUrl), logger: silent } };
    const settings = { appToken: tokens.app, logger: silent, installerOptions, autoReconnectEnabled: false };
    const { client } = new bolt.SocketModeReceiver(settings);
    receiveAtOnce(client, intake, log);
    return client;
  };
  const http: HTTPReceiver | undefined = signingSecret
    ? new bolt.HTTPReceiver({ signingSecret, logger, bodyLimit: BODY_LIMIT })
    : undefined;
  // All that it asks of an app is to take what arrives.
  http?.init(intake as App);
  const openLines = () =>
    Array.from({ length: tokens.app ? LINES : 0 }, () =>
      keepConnected({ client: toSocket, renew: tokens.renew, clock, log }),
    );
  let lines = listening ? openLines() : [];

  async function holdSockets(on: boolean): Promise<void> {
    if (on === lines.length > 0) return;
    const ending = lines;
    lines = on ? openLines() : [];
    await Promise.all(ending.map((line) => line.stop()));
  }

  return {
    call,
    identity,
    channels,
    people,
    profiles: createProfiles({ call, clock, team: identity.teamId }),
    visibility: createVisibility({ call, people, clock }),
    nonces: createSentNonces({ call, clock, mustWork: identity.mustWork }),
    get lines() {
      return lines;
    },
    listen: holdSockets,
    requestListener: http?.requestListener,
    tried: Promise.all([identity.asked, ...lines.map((line) => line.tried)]),
    async stop() {
      identity.stop();
      const late = new AbortController();
      await Promise.race([working.idle(), clock.sleep(FINISH_WITHIN, late.signal)]);
      late.abort();
      await Promise.all(lines.map((line) => line.stop()));
    },
  };
}

/** What is being worked on. */
function createInFlight() {
  const running = new Set<Promise<void>>();
  return {
    async add(work: Promise<void>): Promise<void> {
      running.add(work);
      await work.finally(() => running.delete(work));
    },
    idle: () => Promise.allSettled([...running]),
  };
}
