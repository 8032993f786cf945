import { after } from 'node:test';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import { discover } from '../../src/app/discover.ts';
import { discoverProviders } from '../../src/app/discover-providers.ts';
import type { Command, Reply } from '../../src/core/command/command.ts';
import { inOrder } from '../../src/core/command/in-order.ts';
import type { Caller } from '../../src/core/command/permission.ts';
import type { About } from '../../src/core/event/about.ts';
import type { HookEvent } from '../../src/core/event/event.ts';
import type { Post } from '../../src/core/event/post.ts';
import type { Sample } from '../../src/core/provider/sample.ts';
import type { Endpoint } from '../../src/core/settings/endpoint.ts';
import { noMask } from '../../src/core/settings/secret-mask.ts';
import { createCommandRunner } from '../../src/relay/commands/command-runner.ts';
import { createSchemeDesk } from '../../src/relay/commands/create-scheme-desk.ts';
import { createEventComposer } from '../../src/relay/compose-event.ts';
import { createHandlingDesk } from '../../src/relay/handling/create-handling-desk.ts';
import { createNoiseDesk } from '../../src/relay/noise/create-noise-desk.ts';
import { createRecoveryDesk } from '../../src/relay/recovery/create-recovery-desk.ts';
import { createRuleDesk } from '../../src/relay/rules/create-rule-desk.ts';
import { createTemplateDesk } from '../../src/relay/templates/create-template-desk.ts';
import { createSchemeFinder } from '../../src/signatures/finding/create-scheme-finder.ts';
import { createMemorySettings } from '../stores/memory-settings.ts';
import { createStillClock } from './clocks/still-clock.ts';
import { fixedAddress } from './fixed-address.ts';
import { createJournalRelay } from './journal-relay.ts';
import { openHere } from './journal-worker.ts';
import { createNothingPending } from './nothing-pending.ts';
import { createQuietPlatform } from './quiet-platform.ts';

const catalogue = await loadCatalogue();
const commands = inOrder(await discover<Command>(new URL('../../src/commands', import.meta.url).pathname));
export const providers = await discoverProviders(new URL('../../src/providers', import.meta.url).pathname);

export const ann = aCaller({ user: 'ann', userName: 'Ann' });
export const bob = aCaller({ user: 'bob', userName: 'Bob' });
export const boss = aCaller({ user: 'boss', userName: 'Boss', role: 'admin' });
export const guest = aCaller({ user: 'guest', userName: 'Guest', role: 'outsider' });

export function aCaller(parts: Partial<Caller> = {}): Caller {
  const here = { platform: 'local', channel: 'C-general', channelName: 'general' };
  return { ...here, user: 'ann', userName: 'Ann', role: 'member', timeZone: 'UTC', ...parts };
}

/** Everything commands touch, in memory: real commands, providers and journal. Slack has a private channel `#board`, with nobody in it. */
export async function aCommandWorld() {
  const clock = createStillClock();
  const journal = await openHere({ clock });
  after(() => journal.close());
  const settings = createMemorySettings();
  const relay = createJournalRelay(journal, settings);
  const samples = new Map<string, Sample>();
  const errors: object[] = [];
  const note = (fields: object) => void errors.push(fields);
  const slack = createQuietPlatform('slack', 'Slack', ['ops', 'alerts', 'board'], { board: [] });
  const { composer, templates, helpers } = catalogue;
  const { make, compose } = createEventComposer({
    providers,
    settings,
    journal,
    composer,
    atHand: { get: () => undefined },
    clock,
    log: { debug: note, info: note, warn: note, error: note },
    mask: noMask,
    onProblem: () => undefined,
  });
  const rules = createRuleDesk({
    providers,
    settings,
    journal,
    clock,
    mask: noMask,
    titleOf: (_event, { about }) => about.title,
  });
  const parts = {
    settings,
    journal,
    relay,
    rules,
    noise: createNoiseDesk({ settings, journal, platforms: new Map(), rules, clock }),
    templates: createTemplateDesk({
      providers,
      settings,
      composer,
      templates,
      helpers,
      make,
      samples: templates.samples,
      mask: noMask,
    }),
    handling: createHandlingDesk({
      settings,
      journal,
      providers,
      clock,
      mask: noMask,
      lanes: { add: () => undefined },
      compose,
      onEvent: () => undefined,
    }),
    silences: { rhythm: async () => undefined, silentSince: async () => undefined },
    recovery: createRecoveryDesk({
      providers,
      journal,
      receiver: { receive: () => Promise.reject(new Error('nothing is taken here')) },
      clock,
      mask: noMask,
      address: fixedAddress,
    }),
    schemes: createSchemeDesk({ find: createSchemeFinder({ providers }), clock }),
    pending: createNothingPending(),
    clock,
    commands,
    providers,
    platforms: new Map([
      ['local', createQuietPlatform('local', 'Local', ['general', 'ops', 'dev'])],
      ['slack', slack],
    ]),
    samples: { of: (provider: string) => new Map([...samples].filter(([, sample]) => sample.provider === provider)) },
    address: fixedAddress,
    log: { debug: note, info: note, warn: note, error: note },
  };
  const run = createCommandRunner(parts);
  const say = (text: string, caller = ann) => run({ text }, caller);

  /** Makes an endpoint as Ann would. */
  async function anEndpoint(text = 'new github in #ops as api'): Promise<Endpoint> {
    await say(text);
    const endpoint = settings.current.endpoints.at(-1);
    if (!endpoint) throw new Error(`no endpoint came of ${text}`);
    return endpoint;
  }

  /** Keeps an event and decides it for every route. */
  async function anEvent(endpoint: Endpoint, about: Partial<About> = {}, outcome: EventOutcome = {}) {
    const { state = 'due', muteId, type = 'push', deliveryId = crypto.randomUUID(), payload } = outcome;
    const event = await journal.events.keep({
      ...aDelivery(clock.now()),
      ...(payload && { body: Buffer.from(JSON.stringify(payload)) }),
      endpointId: endpoint.id,
      provider: endpoint.provider,
      type,
      deliveryId,
    });
    if (!event) throw new Error('the event is a repeat');
    const places = endpoint.routes.map(({ id, ...place }) => ({ ...place, routeId: id }));
    const posts = await journal.posts.decide([
      {
        eventId: event.id,
        about: { title: 'octocat pushed to main', source: 'acme/api', ...about },
        decision: {
          decidedAt: clock.now().toISOString(),
          steps: [{ step: 'verified', text: 'verified by the secret' }],
          routes: places.map((place) => ({
            ...place,
            outcome: state === 'held' ? 'hold' : 'post',
            reason: state === 'held' ? 'muted by Ann' : 'routed',
          })),
        },
        posts: places.map((place) => ({
          ...place,
          state,
          eventId: event.id,
          endpointId: endpoint.id,
          ...(muteId && { muteId }),
        })),
      },
    ]);
    return { event, posts };
  }

  /** The same on another machine: it shares settings and journal, and nothing else. */
  const another = () => createCommandRunner(parts);

  return { say, run, another, settings, journal, relay, clock, samples, errors, slack, anEndpoint, anEvent };
}

export interface EventOutcome {
  readonly state?: Post['state'];
  readonly muteId?: string;
  readonly type?: string;
  readonly deliveryId?: string;
  readonly payload?: object;
}

function aDelivery(
  receivedAt: Date,
): Omit<HookEvent, 'id' | 'endpointId' | 'provider' | 'type' | 'deliveryId'> & { repeatWindow: number } {
  return {
    receivedAt,
    repeatWindow: 60,
    verification: {},
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-github-event': 'push' },
    query: {},
    body: Buffer.from('{"ref":"refs/heads/main"}'),
    remoteAddress: '127.0.0.1',
  };
}

/** A reply's `data`, as a program that knows the command reads it. */
export function dataOf<T>(reply: Reply): T {
  return reply.data as T;
}

/** What a program learns of a failure. */
export function failureOf(reply: Reply): { readonly code?: string; readonly field?: string } {
  return dataOf(reply) ?? {};
}

/** Clicks the button with this label. */
export function click(
  world: {
    readonly run: (
      invocation: { command: string; options: Readonly<Record<string, string>> },
      caller: Caller,
    ) => Promise<Reply>;
  },
  reply: Reply,
  label: string,
  caller = ann,
): Promise<Reply> {
  const action = reply.message.actions.find((each) => each.label === label);
  if (!action || !('command' in action))
    throw new Error(`there is no button ${label}, only ${reply.message.actions.map((each) => each.label)}`);
  return world.run(action, caller);
}
