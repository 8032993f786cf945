import type { Clock } from '../core/clock.ts';
import type { Cluster } from '../core/cluster.ts';
import type { EditDesk } from '../core/command/desks/edit-desk.ts';
import type { HandlingDesk } from '../core/command/desks/handling-desk.ts';
import type { NoiseDesk } from '../core/command/desks/noise-desk.ts';
import type { PendingDesk } from '../core/command/desks/pending-desk.ts';
import type { RecoveryDesk } from '../core/command/desks/recovery-desk.ts';
import type { ReplayDesk, ReplayRun } from '../core/command/desks/replay-desk.ts';
import type { RuleDesk } from '../core/command/desks/rule-desk.ts';
import type { SilenceDesk } from '../core/command/desks/silence-desk.ts';
import type { TemplateDesk } from '../core/command/desks/template-desk.ts';
import type { Counters } from '../core/counters.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Relay } from '../core/event/relay.ts';
import type { Log } from '../core/log.ts';
import type { Platform } from '../core/platform/platform.ts';
import type { CallProvider } from '../core/provider/call-provider.ts';
import type { FetchPublished } from '../core/provider/fetch-published.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { Recognize } from '../core/provider/recognize.ts';
import type { Address } from '../core/settings/address.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import type { Composer } from '../render/compose.ts';
import type { Helper } from '../render/template/helper.ts';
import type { Templates } from '../render/templates.ts';
import { createAtHand } from './at-hand.ts';
import { createCapture } from './capture.ts';
import { createEventComposer } from './compose-event.ts';
import { createDecider, type Decider } from './decide-events.ts';
import { createPingHistory } from './deciding/ping-history.ts';
import { toRules } from './deciding/rules.ts';
import { deliver } from './deliver.ts';
import { createDriftWatch } from './drift/create-drift-watch.ts';
import { createEditDesk } from './editing/create-edit-desk.ts';
import { createFollower } from './following/follower.ts';
import { forgetProofs } from './forget-proofs.ts';
import { createHandlingDesk } from './handling/create-handling-desk.ts';
import { createMuteWatch, muteOf } from './handling/mute-watch.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createFiringLog, FIRES_FOR } from './mutes/firing-log.ts';
import { createKeptWords } from './nodes/kept-words.ts';
import { createSharedLanes } from './nodes/shared-lanes.ts';
import { createNoiseDesk } from './noise/create-noise-desk.ts';
import { createWeeklyReports } from './noise/report-weekly.ts';
import { toClosedNotice } from './notices/closed-channel.ts';
import { toConditionFaultNotice } from './notices/condition-fault.ts';
import { toDriftNotice } from './notices/drift.ts';
import { toLeftOutNotice } from './notices/left-out.ts';
import { toNoReactionsNotice } from './notices/no-reactions.ts';
import { createNotifier } from './notices/notifier.ts';
import { toPausedNotice } from './notices/paused-platform.ts';
import { toMismatchNotice } from './notices/secret-mismatch.ts';
import { toSetAsideNotice } from './notices/set-aside.ts';
import { toFaultNotice } from './notices/template-fault.ts';
import { createPending, type PendingNews } from './pending/create-pending.ts';
import { createPoster } from './post.ts';
import type { LaneMakerParts } from './posting/lane-maker.ts';
import { createReceiver, type Receiver } from './receive.ts';
import { createRecoveryDesk } from './recovery/create-recovery-desk.ts';
import { createRelayRequests } from './relay-requests.ts';
import { createReplayDesk } from './replaying/create-replay-desk.ts';
import { createRuleDesk } from './rules/create-rule-desk.ts';
import { createRush } from './rush.ts';
import { createProbe } from './silence/probe.ts';
import { createSilenceWatch } from './silence/watch-silence.ts';
import { createCalm } from './storms/calm.ts';
import { createGatherer } from './storms/gatherer.ts';
import { createSources } from './storms/sources.ts';
import { createTemplateDesk } from './templates/create-template-desk.ts';
import { createFileFollower } from './templates/follow-files.ts';

export interface RelayParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly composer: Composer;
  readonly templates: Templates;
  readonly helpers: ReadonlyMap<string, Helper>;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  readonly mask: SecretMask;
  /** The address at which others reach Bellhop. */
  readonly address: Pick<Address, 'url'>;
  /** Fetches the keys that senders publish. */
  readonly fetch?: FetchPublished;
  /** Asks providers' APIs for what they could not deliver. */
  readonly call?: CallProvider;
  /** Finds out who may have sent a delivery. */
  readonly recognize: Recognize;
  /** The other nodes; nothing where there is one. */
  readonly cluster?: Cluster | undefined;
  /** Called when a pending endpoint has its first delivery. */
  readonly onPending?: (news: PendingNews) => void;
  /** Called when a refused delivery has been remembered. */
  readonly onRefused?: (endpointId: string) => void;
  /** Called for every event whose state may have changed. */
  readonly onEvent: (eventId: string) => void;
  /** Called for everything that changes about a run of replays. */
  readonly onReplays?: (run: ReplayRun) => void;
  /** Called now and then while rules are tried, with how many events were looked at. */
  readonly onTrial?: (endpointId: string, events: number) => void;
}

export interface RunningRelay extends Relay {
  readonly receiver: Receiver;
  readonly decider: Decider;
  readonly lanes: Lanes;
  readonly desk: TemplateDesk;
  readonly rules: RuleDesk;
  readonly handling: HandlingDesk;
  readonly silences: SilenceDesk;
  readonly noise: NoiseDesk;
  readonly recovery: RecoveryDesk;
  readonly editing: EditDesk;
  readonly replays: ReplayDesk;
  readonly pending: PendingDesk;
  /** Takes up what was changed in the files of templates, and says which could not be used. */
  followTemplates(): Promise<void>;
  /** Takes up what an earlier run left owed and undecided. One of several nodes only gets ready. */
  start(): Promise<void>;
  /** What a node does for all, and for the lanes that fall to it. */
  readonly duties: RelayDuties;
  /** Waits until nothing is left to be decided, posted or said. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** How often it is looked whether anything is undecided, in milliseconds, by who waits for it. */
const LOOK_EVERY = 20;

/** What one of several nodes does, and when. */
export interface RelayDuties {
  /** Lanes may fall to this node from now on. */
  begin(): void;
  /** Stops the lanes that run here, for others take them over. */
  letGo(): Promise<void>;
  /** Decides for all nodes from now on. */
  lead(): Promise<void>;
  /** Leaves that to another. */
  resign(): Promise<void>;
  /** Finds what was forgotten, now and then while it leads. */
  tend(): Promise<void>;
}

/** Puts the steps of an event's way together: receive, decide, compose, lane, post. */
export function createRelay(parts: RelayParts): RunningRelay {
  const { platforms, settings, journal, clock, counters, log, onEvent, cluster } = parts;
  const rush = createRush(parts.clock);
  const atHand = createAtHand();
  const pingHistory = createPingHistory(parts);
  const firing = createFiringLog(parts);
  const notifier = createNotifier({ ...parts, lanes: () => lanes, claims: cluster?.claims });
  const endpointOf = (endpointId: string | undefined) => settings.current.endpoints.find(({ id }) => id === endpointId);

  forgetProofs(parts);

  const probe = createProbe(deliver, cluster?.claims);
  const pending = createPending({
    ...parts,
    mention: notifier.mention,
    takeHeld: (...held) => receiver.takeHeld(...held),
  });
  const receiver = createReceiver({
    ...parts,
    probe,
    pending: pending.receiver,
    capture: createCapture({ ...parts, mention: notifier.mention }),
    onKept(event) {
      rush.note();
      if (!cluster) return decider.add(event);
      // Another node may have kept an earlier one, of which this one has not heard yet: the journal knows the order.
      if (cluster.leads) decider.look();
      else kept?.note();
    },
    onMismatch: (endpoint, reason, times) => notifier.mention(toMismatchNotice(endpoint, reason, times)),
  });

  const decider = createDecider({
    ...parts,
    rush: () => rush.on,
    pingHistory,
    firing,
    titleOf: (event, read) => eventComposer.title(event, read),
    mentionsIn: (event, read) => eventComposer.mentions(event, read),
    onDecided(event, made, posts) {
      if (posts.some(({ state }) => state === 'due')) atHand.add({ event, ...made });
      lanes.add(posts);
      onEvent(event.id);
      drift.see(event, made.read);
    },
    onFault(event, fault) {
      if (!notifier.isNews(`condition\n${event.endpointId}\n${fault.condition}`)) return;
      notifier.mention(toConditionFaultNotice(event, { endpoint: endpointOf(event.endpointId), fault }));
    },
    onSetAside(event, reason) {
      onEvent(event.id);
      if (!notifier.isNews(`set aside\n${event.endpointId}\n${reason}`)) return;
      notifier.mention(toSetAsideNotice(event, { endpoint: endpointOf(event.endpointId), reason }));
    },
  });

  const eventComposer = createEventComposer({
    ...parts,
    atHand,
    onProblem(problem, post) {
      counters.add('template_problems');
      const { template, line, message } = problem;
      if (!notifier.isNews(`template\n${template}\n${message}`)) return;
      log.warn({ template, line }, `a template failed: ${message}`);
      notifier.mention(toFaultNotice(problem, post));
    },
  });

  const drift = createDriftWatch({
    ...parts,
    rush: () => rush.on,
    make: eventComposer.make,
    onDrift(found) {
      const { event } = found;
      const news = found.odd.filter(({ path, is }) =>
        notifier.isNews(`drift\n${event.endpointId}\n${event.type}\n${path}\n${is ?? ''}`),
      );
      if (news.length === 0) return;
      const endpoint = endpointOf(event.endpointId);
      notifier.mention(toDriftNotice({ ...found, odd: news }, { endpoint, show: requests.show }));
    },
  });

  const follower = createFollower({
    ...parts,
    routeOf: eventComposer.routeOf,
    providerOf: eventComposer.providerOf,
    compose: eventComposer.composePost,
    composeAgain: eventComposer.composeEarlier,
    pings: async (post) => (await eventComposer.pinged(post)).length > 0,
    muteOf: (post) => muteOf(post, settings.current.mutes, clock.now()),
  });

  const sources = createSources(journal.rollUps, clock);
  const calm = createCalm({ ...parts, sources, endpointOf });
  const gatherer = createGatherer({
    ...parts,
    follower,
    sources,
    endpointOf,
    providerOf: eventComposer.providerOf,
    routeOf: eventComposer.routeOf,
    pinged: eventComposer.pinged,
    // Of several nodes, the one that runs the lane ends its roll-ups.
    onGrown: cluster ? () => undefined : calm.watch,
  });

  const attempt = createPoster({
    ...parts,
    prepare: gatherer.prepare,
    onClosed(post, reason) {
      const platformTitle = platforms.get(post.platform)?.title ?? post.platform;
      notifier.mention(toClosedNotice({ post, platformTitle, endpoint: endpointOf(post.endpointId), reason }));
    },
    onLeftOut(post, leftOut) {
      if (!notifier.isNews(`left out\n${post.platform}:${post.channel}\n${leftOut.join('\n')}`)) return;
      const platformTitle = platforms.get(post.platform)?.title ?? post.platform;
      notifier.mention(toLeftOutNotice(post, { platformTitle, leftOut }));
    },
    onNoReactions(post, reason) {
      if (!notifier.isNews(`reactions\n${post.platform}\n${reason}`)) return;
      log.warn({ platform: post.platform, reason }, 'reactions cannot be put on messages');
      notifier.mention(toNoReactionsNotice(post, reason));
    },
  });

  const lanesParts: LaneMakerParts = {
    ...parts,
    attempt,
    rush: () => rush.on,
    holds: gatherer.holds,
    onPaused: (title, reason) => notifier.mention(toPausedNotice(title, reason)),
    onSettled({ eventId }) {
      if (!eventId) return;
      atHand.remove(eventId);
      onEvent(eventId);
    },
  };
  const shared =
    cluster &&
    createSharedLanes({ ...lanesParts, cluster, onTaken: sources.outdate, onEmpty: (channel) => calm.settle(channel) });
  const lanes: Lanes = shared ?? createLanes(lanesParts);
  const kept =
    cluster &&
    createKeptWords(cluster.bus, (events) => {
      for (let count = 0; count < events; count++) rush.note();
      decider.look();
    });

  const handling = createHandlingDesk({ ...parts, lanes, compose: eventComposer.compose });
  const muteWatch = createMuteWatch({ ...parts, lanes, leads: () => cluster?.leads ?? true });
  const rules = createRuleDesk({ ...parts, titleOf: eventComposer.title });
  const noise = createNoiseDesk({ ...parts, rules });
  const silences = createSilenceWatch({ ...parts, probe, notify: notifier.notify });

  const requests = createRelayRequests({
    ...parts,
    compose: eventComposer.compose,
    titleOf: eventComposer.title,
    mentionsIn: eventComposer.mentions,
    firing,
    claims: cluster?.claims,
    lanes,
    between: decider.between,
    notify: notifier.notify,
    rush: () => rush.on,
    watchSilence: silences.watch,
    reportNoise: createWeeklyReports({ ...parts, desk: noise, notify: notifier.notify }),
  });

  const replays = createReplayDesk({ ...parts, replay: requests.replay });

  async function decideFromNowOn(): Promise<void> {
    firing.forget();
    pingHistory.forget();
    const lately = new Date(clock.now().getTime() - FIRES_FOR);
    await firing.load(toRules(settings.current).watched, lately);
    await pending.start();
    decider.start();
  }

  return {
    ...requests,
    receiver: { ...receiver, receive: (address, delivery) => rush.during(() => receiver.receive(address, delivery)) },
    decider,
    lanes,
    handling,
    silences,
    noise,
    recovery: createRecoveryDesk({ ...parts, receiver }),
    editing: createEditDesk({ ...parts, receiver }),
    replays,
    pending: pending.desk,
    desk: createTemplateDesk({ ...parts, samples: parts.templates.samples, make: eventComposer.make }),
    rules,
    followTemplates: createFileFollower({ ...parts, notifier }),
    async start() {
      if (cluster) return;
      await calm.start();
      await decideFromNowOn();
      await lanes.start();
    },
    duties: {
      begin: () => shared?.begin(),
      letGo: async () => shared?.letGo(),
      lead: decideFromNowOn,
      async resign() {
        await decider.pause();
        await drift.idle();
      },
      async tend() {
        decider.look();
        await shared?.tend();
        await cluster?.jobs.add(await calm.due());
      },
    },
    async idle() {
      // What another node kept may not be known here yet.
      while (cluster && (await journal.events.undecided({ limit: 1 })).length > 0) await clock.sleep(LOOK_EVERY);
      // What is posted may call for another notice, and that is posted too.
      for (let before = -1; before !== notifier.mentions; ) {
        before = notifier.mentions;
        await pending.idle();
        await decider.idle();
        await drift.idle();
        await notifier.idle();
        await muteWatch.idle();
        await lanes.idle();
      }
    },
    async stop() {
      await replays.close();
      await pending.idle();
      await decider.stop();
      drift.stop();
      await drift.idle();
      await lanes.stop();
      calm.stop();
      await notifier.idle();
    },
  };
}
