import type { Ping, RouteDecision } from '../../core/event/decision.ts';
import type { PingLevel } from '../../core/message/density.ts';
import type { Severity } from '../../core/message/severity.ts';
import type { Route } from '../../core/settings/endpoint.ts';
import { type Person, peopleCalled } from '../../core/settings/person.ts';
import { isQuiet } from '../../core/text/quiet-hours.ts';

/** Whom a message names, as the event calls them, and how severe the message is. */
export interface Mentions {
  readonly names: readonly string[];
  readonly severity: Severity;
}

export const NOBODY: Mentions = { names: [], severity: 'info' };

/** Somebody who was pinged for the same thing a short while ago. */
export interface EarlierPing {
  readonly name: string;
  readonly at: Date;
}

export interface PingFacts {
  readonly mentions: Mentions;
  readonly verified: boolean;
  readonly people: readonly Person[];
  readonly earlier: readonly EarlierPing[];
  readonly now: Date;
}

/** How long somebody who was pinged for a thing is left in peace about it, in milliseconds. */
export const PING_WINDOW = 3_600_000;

/**
 * Decides for each route who is pinged, and says why. Nobody is pinged twice: the first route on which somebody may be pinged
 * is the one that does.
 */
export function decidePings(
  decisions: readonly RouteDecision[],
  routes: readonly Route[],
  facts: PingFacts,
): readonly RouteDecision[] {
  if (facts.mentions.names.length === 0) return decisions;
  const pinged = new Set<string>();
  return decisions.map((decision) => {
    const route = routes.find(({ id }) => id === decision.routeId);
    if (decision.outcome !== 'post' || !route) return decision;
    const mentioned = new Map<string, Ping>();
    for (const said of facts.mentions.names) {
      const ping = decideOne(said, route, { ...facts, pinged });
      // A message may name somebody by their login and by their address.
      if (!mentioned.has(ping.name)) mentioned.set(ping.name, ping);
    }
    for (const { name, outcome } of mentioned.values()) if (outcome === 'ping') pinged.add(name);
    return { ...decision, mentioned: [...mentioned.values()] };
  });
}

function decideOne(said: string, route: Route, facts: PingFacts & { readonly pinged: ReadonlySet<string> }): Ping {
  const [person, ...others] = peopleCalled(facts.people, said);
  const silent = (reason: string): Ping => ({
    name: person && others.length === 0 ? person.name : said,
    outcome: 'silent',
    reason,
  });
  if (!person) return silent('nobody in the people list is called that');
  if (others.length > 0)
    return silent(`several people are called that: ${[person, ...others].map(({ name }) => name).join(', ')}`);
  if (!facts.verified) return silent('nothing is signed, so anybody could have written it');
  if (route.notify === 'never') return silent('this channel’s phones are never notified');
  if (route.pings === 'never') return silent('nobody is pinged in this channel');
  if (!reaches(facts.mentions.severity, route.pings))
    return silent(
      `this channel pings people only for severity ${route.pings === 'warning' ? 'warning or higher' : route.pings}, and this event is ${facts.mentions.severity}`,
    );
  if (person.pings === 'off') return silent('they asked not to be pinged');
  if (!Object.hasOwn(person.ids, route.platform)) return silent(`they are not linked to anybody on ${route.platform}`);
  if (person.quiet && isQuiet(person.quiet, facts.now))
    return silent(`their quiet hours last until ${person.quiet.to} (${person.quiet.zone})`);
  // Which channel that is, not everybody may know who reads this.
  if (facts.pinged.has(person.name)) return silent('its message in another channel pings them already');
  const before = facts.earlier.find(({ name }) => name === person.name);
  if (before) return silent(`they were pinged for the same thing at ${before.at.toISOString().slice(11, 16)} UTC`);
  return { name: person.name, outcome: 'ping', reason: `${said} is linked to them` };
}

function reaches(severity: Severity, level: PingLevel = 'always'): boolean {
  if (level === 'never') return false;
  if (level === 'always') return true;
  return severity === 'critical' || severity === level;
}
