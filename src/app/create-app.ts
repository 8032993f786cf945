import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Clock } from '../core/clock.ts';
import type { CommandRunner } from '../core/command/command.ts';
import { createCounters } from '../core/counters.ts';
import type { Journal } from '../core/event/journal.ts';
import type { LocalMessage } from '../core/event/local-message.ts';
import type { Relay } from '../core/event/relay.ts';
import type { SpanLine } from '../core/message/terminal-lines.ts';
import type { Platform } from '../core/platform/platform.ts';
import type { CallProvider } from '../core/provider/call-provider.ts';
import type { FetchPublished } from '../core/provider/fetch-published.ts';
import type { Channel } from '../core/settings/channel.ts';
import { describeReach } from '../core/settings/describe-reach.ts';
import { createSecretMask } from '../core/settings/secret-mask.ts';
import type { Resource } from '../http/api/api.ts';
import { toEventView, toMessageView } from '../http/api/views.ts';
import { createAuth } from '../http/auth.ts';
import { createDrain } from '../http/drain.ts';
import { createLive } from '../http/live/live.ts';
import { createStateFeed } from '../http/platform-states.ts';
import { createProbe } from '../http/probe.ts';
import { createServer } from '../http/server.ts';
import { createLocalPlatform } from '../platforms/local/create-local-platform.ts';
import { createCommandRunner } from '../relay/commands/command-runner.ts';
import { createSchemeDesk } from '../relay/commands/create-scheme-desk.ts';
import { createRelay, type RunningRelay } from '../relay/create-relay.ts';
import { createEventFeed } from '../relay/event-feed.ts';
import { createNameFollower } from '../relay/platforms/follow-names.ts';
import { startPlatform } from '../relay/platforms/start-platform.ts';
import { createSchedule } from '../schedule/shared/create-schedule.ts';
import { createSchemeFinder } from '../signatures/finding/create-scheme-finder.ts';
import { createHttpsCall } from '../signatures/published/https-call.ts';
import { createHttpsFetch } from '../signatures/published/https-fetch.ts';
import { createRecognizer } from '../signatures/recognizing/create-recognizer.ts';
import { loadKey } from '../stores/settings/load-key.ts';
import { type ByteSealer, createByteSealer } from '../stores/shared/byte-sealer.ts';
import { lockFolder } from '../stores/shared/lock-folder.ts';
import { freePort, listen, toUrl } from './address.ts';
import { loadAdminToken } from './admin-token.ts';
import { loadCatalogue } from './catalogue.ts';
import { type ChatDescriptor, chats, connectChats } from './chats.ts';
import { openNodes } from './cluster/open-nodes.ts';
import type { MessageChange } from './cluster/share-feeds.ts';
import { type Config, secretsOf } from './config.ts';
import { discover } from './discover.ts';
import { createDraw, summarize, toText } from './drawings.ts';
import { toGreeting } from './greeting.ts';
import { createMemory } from './memory.ts';
import { openJournal } from './open-journal.ts';
import { createAddress } from './reach/create-address.ts';
import { tryAtStart } from './reach/try-at-start.ts';
import type { Tunnel } from './reach/tunnel.ts';
import { createAddressWatch } from './reach/watch-address.ts';
import { systemClock } from './system-clock.ts';
import { createLog } from './terminal/create-log.ts';
import { createEventReports } from './terminal/report-events.ts';
import { toVanishedNotices } from './vanished-notices.ts';
import { readVersion } from './version.ts';

export interface AppOptions {
  readonly config: Config;
  /** Reads the configuration once more: a token may have been replaced since the start. Throws `AppError`. */
  readonly readConfig?: () => Config;
  /** Writes a line for the person at the terminal. */
  readonly print?: (line: string) => void;
  /** Shows a line about each event that came to an end, to the person at the terminal. */
  readonly report?: (line: SpanLine) => void;
  readonly clock?: Clock;
  readonly log?: FastifyBaseLogger;
  /** The chat services to know, in place of those of `chats.ts`. */
  readonly descriptors?: readonly ChatDescriptor[];
  /** More platforms than the configured ones. */
  readonly platforms?: readonly Platform[];
  /** Fetches the keys that senders publish. */
  readonly fetch?: FetchPublished;
  /** Asks providers' APIs for what they could not deliver. */
  readonly call?: CallProvider;
  /** Another journal than the configured one. */
  readonly journal?: (folder: string, sealer: ByteSealer, clock: Pick<Clock, 'now'>) => Promise<Journal>;
  /** The tunnel programs to know, in place of those of `reach/tunnels/`. */
  readonly tunnels?: ReadonlyMap<string, Tunnel>;
}

export interface App {
  readonly http: FastifyInstance;
  readonly relay: RunningRelay;
  readonly run: CommandRunner;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly publicUrl: string;
  readonly adminToken: string;
  /** A code for a link that signs one browser in. */
  readonly createCode: () => Promise<string>;
  readonly draw: ReturnType<typeof createDraw>;
  /** Takes deliveries, and posts what is owed. Resolves once deliveries are taken. */
  start(): Promise<void>;
  /**
   * Finishes what is in flight and releases the data folder. It is not ready from the first moment on, and still takes
   * deliveries for `grace` milliseconds, so that whoever sends them here sees it in time; none when absent.
   */
  stop(options?: { readonly grace?: number }): Promise<void>;
  readonly log: FastifyBaseLogger;
}

const MEGABYTE = 1024 * 1024;
/** Milliseconds after which chats are connected, if they can be reached at all. */
const STARTED_AFTER = 2_000;

/** Puts the parts together. Throws `AppError` for everything that the person who starts it can correct. */
export async function createApp(options: AppOptions): Promise<App> {
  const opened = new AsyncDisposableStack();
  try {
    return await assemble(options, opened);
  } catch (error) {
    // What was opened before the mistake was found would keep the process alive.
    await opened.disposeAsync();
    throw error;
  }
}

async function assemble(
  {
    config,
    readConfig = () => config,
    print = () => undefined,
    report,
    clock: given = systemClock,
    log = createLog(config.LOG_LEVEL),
    descriptors = chats,
    platforms: more = [],
    fetch: givenFetch,
    call: givenCall,
    journal: open = (_folder: string, sealer: ByteSealer, clock) => openJournal(config, { sealer, clock }),
    tunnels,
  }: AppOptions,
  opened: AsyncDisposableStack,
): Promise<App> {
  const startedAt = performance.now();
  const folder = config.DATA_DIR;
  const knownTunnels = tunnels ?? discover<Tunnel>(join(import.meta.dirname, 'reach/tunnels'));
  const catalogue = loadCatalogue(join(folder, 'templates'));
  const lock = await lockFolder(folder);
  opened.defer(lock.release);
  const nodes = await openNodes(config, { log, clock: given, opened });
  const { clock, cluster } = nodes;
  const fetch = givenFetch ?? createHttpsFetch({ now: clock.now });
  const call = givenCall ?? createHttpsCall({ now: clock.now });
  const key = await loadKey({ folder, ...(config.BELLHOP_KEY && { given: config.BELLHOP_KEY }) });
  const [adminToken, port, version] = await Promise.all([
    loadAdminToken(folder, config.ADMIN_TOKEN, { sharedKey: nodes.sharedKey(key) }),
    config.PORT || freePort(config.HOST),
    readVersion(),
  ]);
  const ready = Promise.withResolvers<Relay>();
  const settings = await nodes.openSettings({
    folder,
    key,
    now: clock.now,
    onProblem: (message) => log.warn({}, message),
    onVanished: (vanished) =>
      void ready.promise
        .then((relay) => relay.notify(toVanishedNotices(vanished)))
        .catch((error: unknown) => log.error({ err: error }, 'a notice could not be recorded')),
  });
  opened.defer(settings.close);
  const probe = createProbe(key);
  const address = createAddress({
    given: config.PUBLIC_URL,
    localUrl: toUrl(config.HOST, port),
    settings,
    probe,
    tunnels: await knownTunnels,
  });
  const journal = await open(folder, createByteSealer(key, 'proofs of refused deliveries'), clock);
  opened.defer(journal.close);
  const { providers, commands, chores, helpers, templates, composer } = await catalogue;
  const counters = createCounters();
  const mask = createSecretMask(settings, [adminToken, ...secretsOf(config)]);
  const live = nodes.shareLive(createLive());
  const draw = createDraw(descriptors);
  const showMessage = (message: LocalMessage, change: MessageChange) => {
    if (live.listening)
      live.send('message', { channel: message.channel, message: toMessageView(message, draw), change });
  };

  const local = createLocalPlatform({
    messages: journal.messages,
    clock,
    summarize,
    onMessage: nodes.shareMessages({ messages: journal.messages, show: showMessage }),
  });
  const notes = nodes.notes(key);
  const connected = connectChats(config, descriptors, {
    clock,
    log,
    settings,
    key,
    readEnvironment: readConfig,
    claims: cluster?.claims,
    notes,
  });
  const platforms = new Map(
    [local, ...connected.map(({ platform }) => platform), ...more].map((platform) => [platform.name, platform]),
  );
  const onError = (error: unknown) => log.warn({ err: error }, 'an event could not be shown at the terminal');
  const reports = report && createEventReports({ journal, settings, show: report, onError });
  const feed = createEventFeed({
    journal,
    listening: () => reports !== undefined || live.listening,
    send(event) {
      live.send('event', { event: toEventView(event, settings.current) });
      reports?.(event);
    },
  });
  const relay = createRelay({
    providers,
    platforms,
    settings,
    journal,
    composer,
    templates,
    helpers,
    clock,
    counters,
    log,
    mask,
    address,
    fetch,
    call,
    onEvent: nodes.shareEvents(feed.note),
    cluster,
    recognize: createRecognizer({ providers }),
    onRefused: (endpointId) => live.send('refusal', { endpoint: endpointId }),
    onPending: (news) => live.send('pending', news),
    onReplays: (replay) => live.send('replay', { replay }),
    onTrial: (endpointId, events) => live.send('trial', { endpoint: endpointId, events }),
  });
  const parts = {
    settings,
    journal,
    providers,
    platforms,
    commands,
    relay,
    templates: relay.desk,
    rules: relay.rules,
    handling: relay.handling,
    silences: relay.silences,
    noise: relay.noise,
    recovery: relay.recovery,
    pending: relay.pending,
    samples: templates.samples,
    schemes: createSchemeDesk({
      find: createSchemeFinder({ providers, fetch }),
      clock,
      notes,
    }),
    clock,
    address,
  };
  const run = createCommandRunner({ ...parts, log });
  const auth = createAuth({ adminToken, clock, ...(nodes.codes && { codes: nodes.codes }) });
  const ending = new AbortController();
  const http = await createServer({
    ...parts,
    ending: ending.signal,
    run,
    local,
    relay,
    composer,
    draw,
    toText,
    auth,
    live,
    version,
    counters,
    log,
    arrived: probe.arrived,
    entrances: connected.flatMap(({ entrance }) => entrance ?? []),
    host: config.HOST,
    trustProxy: config.TRUST_PROXY,
    resources: await discover<Resource>(join(import.meta.dirname, '../http/api/resources')),
    pageFolder: join(import.meta.dirname, '../web/dist'),
  });
  settings.onChange(() => live.send('address', { url: address.url }));
  const drain = createDrain(http);
  const memory = createMemory();
  const scheduleParts = {
    parts: {
      ...parts,
      log,
      memory,
      followTemplates: relay.followTemplates,
      checkAddress: createAddressWatch({ address, settings, notify: relay.notify, log }),
      retention: {
        days: config.RETENTION_DAYS,
        ...(config.RETENTION_MB && { maxBytes: config.RETENTION_MB * MEGABYTE }),
      },
      bodySearch: { maxBytes: config.SEARCH_BODIES_MB * MEGABYTE },
      showPlatformStates: createStateFeed(platforms, (states) => live.send('platforms', { platforms: states })),
    },
    // Chores run for ever, so they wait in real time even where a test sets the clock.
    clock: { ...clock, sleep: systemClock.sleep },
    log,
  };
  const [own, forAll] = nodes.splitChores(chores);
  const schedule = createSchedule({ chores: own, ...scheduleParts });

  const names = createNameFollower({ settings, clock, log });
  let stopping: Promise<void> | undefined;
  async function shutDown(grace: number): Promise<void> {
    ending.abort();
    if (grace > 0) await clock.sleep(grace);
    await schedule.stop();
    live.close();
    await drain();
    await nodes.leave();
    await relay.stop();
    await Promise.all([...platforms.values()].map((platform) => platform.stop()));
    feed.stop();
    await opened.disposeAsync();
  }
  const stop: App['stop'] = ({ grace = 0 } = {}) => (stopping ??= shutDown(grace));

  async function connect(platform: Platform): Promise<void> {
    const { signal } = ending;
    const news = { named: (channel: Channel) => names.named(platform.name, channel) };
    await startPlatform(platform, { run, news, clock, log, signal });
    await names.lookUp(platform, signal);
  }

  return {
    http,
    relay,
    run,
    platforms,
    get publicUrl() {
      return address.url;
    },
    adminToken,
    createCode: auth.createCode,
    draw,
    log,
    stop,
    async start() {
      await listen(http, config.HOST, port).catch(async (error: unknown) => {
        await stop();
        throw error;
      });
      await nodes.listen(platforms.values());
      await relay.start();
      ready.resolve(relay);
      schedule.start();
      // A chat that is away must not keep deliveries from being taken.
      for (const platform of platforms.values()) void connect(platform);
      await nodes.join({
        duties: relay.duties,
        platforms,
        schedule: () => createSchedule({ chores: forAll, ...scheduleParts }),
        clock,
        log,
      });
      setTimeout(memory.free, STARTED_AFTER).unref();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
      const reach = await describeReach(address);
      const { localUrl: url, url: publicUrl } = address;
      print(
        toGreeting({ seconds, url, code: await auth.createCode(), publicUrl, ...(reach && { reach: reach.text }) }),
      );
      // It may take seconds, for which nobody has to wait.
      void tryAtStart(address, print).then(() => live.send('address', { url: address.url }));
    },
  };
}
