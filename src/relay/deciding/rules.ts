import type { Endpoint } from '../../core/settings/endpoint.ts';
import {
  fitsMute,
  type Mute,
  type MuteField,
  type MutePatterns,
  type MuteSubject,
  toMutePatterns,
} from '../../core/settings/mute.ts';
import type { Person } from '../../core/settings/person.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { type Conditions, toConditions } from './conditions.ts';

/** Settings made ready for deciding: built once for each settings object, so that a decision looks up instead of searching. */
export interface Rules {
  endpoint(id: string): Endpoint | undefined;
  readonly people: readonly Person[];
  /** What an endpoint's rules and routes ask of its events; nothing where they ask nothing. */
  conditions(endpointId: string): Conditions | undefined;
  /** The mute that holds this longest, if any does at this moment. */
  mute(endpointId: string, subject: MuteSubject, now: Date): Mute | undefined;
}

interface ReadyMute {
  readonly mute: Mute;
  readonly until: number;
  readonly patterns: MutePatterns;
}

/** Mutes of one endpoint, found by the literal beginning of one of their patterns. */
interface MuteIndex {
  readonly always: ReadyMute[];
  readonly byField: Map<MuteField, Map<number, Map<string, ReadyMute[]>>>;
}

const cache = new WeakMap<Settings, Rules>();

export function toRules(settings: Settings): Rules {
  const known = cache.get(settings);
  if (known) return known;
  const endpoints = new Map(settings.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const indexes = new Map<string, MuteIndex>();
  for (const mute of settings.mutes) {
    const index = indexes.get(mute.endpointId) ?? { always: [], byField: new Map() };
    addTo(index, mute);
    indexes.set(mute.endpointId, index);
  }
  const conditions = new Map<string, Conditions | undefined>();
  const rules: Rules = {
    endpoint: (id) => endpoints.get(id),
    conditions(id) {
      const endpoint = endpoints.get(id);
      if (!conditions.has(id)) conditions.set(id, endpoint && toConditions(endpoint));
      return conditions.get(id);
    },
    people: settings.people,
    mute(endpointId, subject, now) {
      const index = indexes.get(endpointId);
      return index && longest(index, subject, now.getTime());
    },
  };
  cache.set(settings, rules);
  return rules;
}

function addTo(index: MuteIndex, mute: Mute): void {
  const patterns = toMutePatterns(mute.match);
  const ready: ReadyMute = { mute, until: Date.parse(mute.until), patterns };
  // The longest literal beginning is the most selective one.
  const [best] = patterns
    .map(([name, pattern]) => ({ name, prefix: pattern.split('*', 1)[0] ?? '' }))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  if (!best?.prefix) {
    index.always.push(ready);
    return;
  }
  const byLength = index.byField.get(best.name) ?? new Map<number, Map<string, ReadyMute[]>>();
  const byPrefix = byLength.get(best.prefix.length) ?? new Map<string, ReadyMute[]>();
  const group = byPrefix.get(best.prefix) ?? [];
  group.push(ready);
  byPrefix.set(best.prefix, group);
  byLength.set(best.prefix.length, byPrefix);
  index.byField.set(best.name, byLength);
}

function longest(index: MuteIndex, subject: MuteSubject, now: number): Mute | undefined {
  let found: ReadyMute | undefined;
  const consider = (candidates: readonly ReadyMute[]) => {
    for (const ready of candidates)
      if (ready.until > now && (!found || ready.until > found.until) && fitsMute(ready.patterns, subject))
        found = ready;
  };
  consider(index.always);
  for (const [name, byLength] of index.byField) {
    const text = subject[name];
    if (text === undefined) continue;
    for (const [length, byPrefix] of byLength) consider(byPrefix.get(text.slice(0, length)) ?? []);
  }
  return found?.mute;
}
