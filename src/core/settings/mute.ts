import type { About } from '../event/about.ts';
import { matchesPattern } from '../text/matches-pattern.ts';

/** The parts of an event a mute can name. `*` stands for any text. */
export const muteFields = ['source', 'type', 'severity', 'actor', 'subject'] as const;
export type MuteField = (typeof muteFields)[number];

/** Keeps events of an endpoint quiet until a moment, with who and why. Times are ISO 8601. */
export interface Mute {
  readonly id: string;
  readonly endpointId: string;
  /** Every named part must match; a mute that names none matches every event of its endpoint. */
  readonly match: Readonly<Partial<Record<MuteField, string>>>;
  readonly until: string;
  readonly reason?: string;
  /** Who asked, as people read it. */
  readonly by: string;
  readonly createdAt: string;
}

/** What a mute can see of an event, in lower case. */
export type MuteSubject = Readonly<Partial<Record<MuteField, string>>>;

export function toMuteSubject(type: string, about: About): MuteSubject {
  return {
    type: type.toLowerCase(),
    severity: about.severity ?? 'info',
    ...(about.source && { source: about.source.toLowerCase() }),
    ...(about.actor && { actor: about.actor.toLowerCase() }),
    ...(about.subject && { subject: about.subject.toLowerCase() }),
  };
}

/** A mute's parts, ready to be compared with what a mute can see. */
export type MutePatterns = readonly (readonly [MuteField, string])[];

export function toMutePatterns(match: Mute['match']): MutePatterns {
  return muteFields.flatMap((name) => {
    const pattern = match[name];
    return pattern === undefined ? [] : [[name, pattern.toLowerCase()] as const];
  });
}

/** Whether every part fits. A part that an event lacks is empty text, which only `*` fits. */
export function fitsMute(patterns: MutePatterns, subject: MuteSubject): boolean {
  return patterns.every(([name, pattern]) => matchesPattern(subject[name] ?? '', pattern));
}

/** `source=acme/api type=push`, or `everything`. */
export function describeMatch(match: Mute['match']): string {
  const parts = muteFields.flatMap((name) => (match[name] ? [`${name}=${match[name]}`] : []));
  return parts.join(' ') || 'everything';
}
