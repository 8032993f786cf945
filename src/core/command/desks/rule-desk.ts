import type { Step } from '../../event/decision.ts';
import type { StoredEvent } from '../../event/event.ts';
import type { Severity } from '../../message/severity.ts';
import type { Place } from '../../settings/channel.ts';
import type { Settings } from '../../settings/settings.ts';

/** What people can type in place of a condition: `only=push,release`, `severity>=warning`. */
export const shortForms = ['only', 'not', 'severity', 'branch', 'path', 'label'] as const;
export type ShortForm = (typeof shortForms)[number];

export type TypedConditions = { readonly [Form in ShortForm]?: string | undefined } & {
  /** A condition in CEL. */
  readonly filter?: string | undefined;
};

/** How many messages there are. */
export interface Tally {
  readonly posted: number;
  readonly held: number;
  readonly dropped: number;
}

/** An event for which a change of rules would change something. */
export interface TriedEvent {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly receivedAt: Date;
  /** How severe it was before the change. */
  readonly severity: Severity;
  /** The severity that it would have instead. */
  readonly becomes?: Severity;
  /** The channels in which it would be posted besides, or no longer. */
  readonly gains: readonly Place[];
  readonly losses: readonly Place[];
  /** Whether some of the channels in which it would be posted no longer would show it later. */
  readonly isHeld?: true;
}

/** What a change of rules would have done to the events of the last days. */
export interface Trial {
  readonly since: Date;
  readonly events: number;
  /** Whether there are more events than were looked at. */
  readonly partial: boolean;
  readonly before: Tally;
  readonly after: Tally;
  /** How many would be posted by each route after it, by their ids. */
  readonly shares: Readonly<Record<string, number>>;
  /** How many events are changed in any way, and how many get another severity. */
  readonly changed: number;
  readonly severities: number;
  /** How many events would be posted somewhere else besides, or somewhere no longer. */
  readonly gained: number;
  readonly lost: number;
  /** Examples of them, newest first. */
  readonly gains: readonly TriedEvent[];
  readonly losses: readonly TriedEvent[];
  readonly reseverities: readonly TriedEvent[];
  /** Severe events that were posted and would be posted nowhere: how many, and examples. */
  readonly grave: number;
  readonly graves: readonly TriedEvent[];
  /** Conditions that could not be evaluated for some of the events, why for the first, and what follows from that. */
  readonly faults: readonly (NonNullable<Step['fault']> & { readonly events: number })[];
  /** Fields that the change asks for and that no event has, with what probably was meant. */
  readonly missing: readonly { readonly path: string; readonly meant?: string }[];
}

export interface TrialRequest {
  readonly endpointId: string;
  /** The only channels that are counted and named, for somebody who may not know of the others; all when absent. */
  readonly routeIds?: ReadonlySet<string>;
  /** The changes that are tried, each for itself. */
  readonly changes: readonly ((settings: Settings) => Settings)[];
  /** How far back, in milliseconds; a week when absent. */
  readonly span?: number;
}

/** What proposals go by. */
export const likenesses = ['actor', 'state', 'branch', 'label', 'source'] as const;
export type Likeness = (typeof likenesses)[number];

/** A rule that would make one event and its like quiet. */
export interface Proposal {
  readonly by: Likeness;
  /** What it hides, as people say it: `what dependabot does`. */
  readonly what: string;
  /** The same, in CEL. */
  readonly when: string;
}

/** A part of a condition that is false of an event, and what the event has in the fields that it names, as JSON. */
export interface FalsePart {
  readonly text: string;
  readonly values: readonly { readonly path: string; readonly value: string }[];
}

/** What keeps an event from being posted in a channel. `follow` is that what is not finished is shown only by edits, `hold` that the channel shows it later, `other` is what nobody can take away: what its provider calls noise. */
export type Obstacle =
  | { readonly by: 'rule' | 'mute'; readonly id: string }
  | { readonly by: 'filter' | 'when'; readonly parts: readonly FalsePart[] }
  | { readonly by: 'otherwise' | 'follow' }
  | { readonly by: 'hold'; readonly reason: string }
  | { readonly by: 'other'; readonly reason: string };

/** What commands and the API ask of rules. It changes nothing. */
export interface RuleDesk {
  /** One condition that says all that was typed; nothing where nothing was. Throws `OptionError` that names the place. */
  condition(typed: TypedConditions): string | undefined;
  /** A condition in CEL as it is kept. Throws `OptionError` for the option `field` that names the place. */
  check(typed: string, field: string): string;
  /** Decides the stored events of the last days as they would be before and after each change. */
  try(request: TrialRequest): Promise<readonly Trial[]>;
  /** The narrowest rules that would hide an event, at most five. */
  propose(event: StoredEvent): readonly Proposal[];
  /**
   * What of today's rules would keep an event from each of its endpoint's channels, had they counted when it came, by the ids
   * of the routes: without all of it the event would be posted there. None where it would be.
   */
  obstacles(event: StoredEvent): ReadonlyMap<string, readonly Obstacle[]>;
}
