import type { FalsePart, Obstacle } from '../../core/command/desks/rule-desk.ts';
import { at } from '../../core/delivery/readers.ts';
import { toJson } from '../../core/delivery/to-json.ts';
import type { Condition } from '../../core/event/condition.ts';
import type { RouteDecision } from '../../core/event/decision.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import type { Severity } from '../../core/message/severity.ts';
import type { Endpoint, Route } from '../../core/settings/endpoint.ts';
import type { Watched } from '../../core/settings/mute.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { cutText } from '../../core/text/cut-text.ts';
import { falseParts } from '../../filter/false-parts.ts';
import { toCondition } from '../../filter/to-condition.ts';
import { toInput } from '../../filter/to-input.ts';
import { maskPayload } from '../../reading/payload/mask-payload.ts';
import type { ReadEvent } from '../../reading/read-event.ts';
import { decide, type Facts } from '../decide.ts';
import { toRules } from '../deciding/rules.ts';
import { storedFacts } from '../deciding/stored-facts.ts';

interface Ground {
  readonly read: ReadEvent;
  readonly title: string;
  readonly settings: Settings;
}

/** Obstacles of one channel that are looked for: nobody reads more. */
const MOST = 12;
const VALUE_LIMIT = 60;

/** What would have to go for an event to be posted, found by taking one thing away after the other and deciding again. */
export function findObstacles(
  event: StoredEvent,
  { read, title, settings }: Ground,
): ReadonlyMap<string, readonly Obstacle[]> {
  const endpoint = settings.endpoints.find(({ id }) => id === event.endpointId);
  if (!endpoint) return new Map();
  const mutes = settings.mutes.filter(
    ({ endpointId, createdAt }) => endpointId === endpoint.id && Date.parse(createdAt) <= event.receivedAt.getTime(),
  );
  // What held it while something else was firing says that it was.
  const holders = new Set(event.decision?.routes.map(({ muteId }) => muteId));
  const isFiring = (watched: Watched) => mutes.some((mute) => mute.while === watched && holders.has(mute.id));
  const facts = { ...storedFacts(event, read, { ...read.parts, title }), isFiring };
  const own = { ...settings, endpoints: [endpoint], mutes };
  const judge = (some: Settings) => {
    const { severity, routes } = decide(facts, toRules(some), event.receivedAt);
    return { severity: severity ?? facts.about.severity ?? 'info', routes };
  };
  return new Map(
    endpoint.routes.map(({ id }) => [id, obstaclesOf(id, { facts, judge, settings: own, now: event.receivedAt })]),
  );
}

interface Trial {
  readonly facts: Facts;
  readonly judge: (settings: Settings) => { readonly routes: readonly RouteDecision[]; readonly severity: Severity };
  readonly settings: Settings;
  readonly now: Date;
}

function obstaclesOf(routeId: string, { facts, judge, settings, now }: Trial): readonly Obstacle[] {
  const found: Obstacle[] = [];
  for (let left = settings; found.length < MOST; ) {
    const { routes, severity } = judge(left);
    const decision = routes.find((route) => route.routeId === routeId);
    if (!decision || decision.outcome === 'post') return found;
    const see = (condition: Condition) =>
      describeFalse(condition, facts, { endpoint: left.endpoints[0]?.name ?? '', severity, now });
    const { obstacle, without } = nextOf(decision, left, {
      see,
      reasonOf: (changed) => judge(changed).routes.find((route) => route.routeId === routeId)?.reason,
    });
    found.push(obstacle);
    if (!without) return found;
    left = without;
  }
  return found;
}

interface Next {
  readonly obstacle: Obstacle;
  /** The settings without it; nothing where it cannot be taken away. */
  readonly without?: Settings;
}

function nextOf(
  { routeId, outcome, reason, ruleId, muteId }: RouteDecision,
  settings: Settings,
  {
    see,
    reasonOf,
  }: {
    readonly see: (condition: Condition) => readonly FalsePart[];
    readonly reasonOf: (changed: Settings) => string | undefined;
  },
): Next {
  if (ruleId !== undefined)
    return {
      obstacle: { by: 'rule', id: ruleId },
      without: withEndpoint(settings, (endpoint) => ({
        ...endpoint,
        rules: (endpoint.rules ?? []).filter(({ id }) => id !== ruleId),
      })),
    };
  if (muteId !== undefined && settings.mutes.some(({ id }) => id === muteId))
    return {
      obstacle: { by: 'mute', id: muteId },
      without: { ...settings, mutes: settings.mutes.filter(({ id }) => id !== muteId) },
    };
  if (outcome === 'hold') return { obstacle: { by: 'hold', reason } };
  const route = settings.endpoints[0]?.routes.find(({ id }) => id === routeId);
  for (const by of ['when', 'filter', 'otherwise'] as const) {
    if (route?.[by] === undefined) continue;
    const without = withRoute(settings, routeId, ({ [by]: _, ...rest }) => rest);
    if (reasonOf(without) === reason) continue;
    return { obstacle: by === 'otherwise' ? { by } : { by, parts: see(toCondition(String(route[by]))) }, without };
  }
  const edited = withRoute(settings, routeId, (each) => ({ ...each, follow: 'edit' }));
  if (reasonOf(edited) !== reason) return { obstacle: { by: 'follow' }, without: edited };
  return { obstacle: { by: 'other', reason } };
}

function withEndpoint(settings: Settings, change: (endpoint: Endpoint) => Endpoint): Settings {
  return { ...settings, endpoints: settings.endpoints.map(change) };
}

function withRoute(settings: Settings, routeId: string, change: (route: Route) => Route): Settings {
  return withEndpoint(settings, (endpoint) => ({
    ...endpoint,
    routes: endpoint.routes.map((route) => (route.id === routeId ? change(route) : route)),
  }));
}

function describeFalse(
  condition: Condition,
  { type, about, provider, incoming }: Facts,
  ground: { readonly endpoint: string; readonly severity: Severity; readonly now: Date },
): readonly FalsePart[] {
  const input = toInput({ type, provider: provider ?? '', about, incoming, ...ground });
  const payload = maskPayload(incoming?.payload);
  const values: Readonly<Record<string, unknown>> = { ...input.about, type };
  return falseParts(condition, input).map(({ text, paths }) => ({
    text,
    values: [
      ...paths.map((path) => ({ path, value: at(payload, path.slice('payload.'.length)) })),
      ...[...new Set(text.match(/\babout\.\w+|(?<![.\w'"])type(?![\w'"(])/g) ?? [])].map((path) => ({
        path,
        value: values[path.replace('about.', '')],
      })),
    ].map(({ path, value }) => ({ path, value: value === undefined ? 'not there' : shorten(value) })),
  }));
}

function shorten(value: unknown): string {
  return cutText(toJson(value), VALUE_LIMIT);
}
