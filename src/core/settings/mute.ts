import type { About } from '../event/about.ts';
import { type WeeklyHours, watchHours } from '../text/calendar/weekly-hours.ts';
import { matchesPattern } from '../text/matches-pattern.ts';

/** The parts of an event a mute can name. `*` stands for any text. */
export const muteFields = ['source', 'type', 'severity', 'actor', 'subject'] as const;
export type MuteField = (typeof muteFields)[number];

/** What a subject can have become when its mute ends. */
export const muteEnds = ['resolved', 'merged', 'closed'] as const;
export type MuteEnd = (typeof muteEnds)[number];

/** What has to fire for a mute to hold: anything of an endpoint, or one of its subjects. */
export interface Watched {
  readonly endpointId: string;
  /** In lower case; `*` stands for any text. */
  readonly subject?: string;
}

/** Keeps events of an endpoint quiet, with who and why. Times are ISO 8601. */
export interface Mute {
  readonly id: string;
  readonly endpointId: string;
  /** Every named part must match; a mute that names none matches every event of its endpoint. */
  readonly match: Readonly<Partial<Record<MuteField, string>>>;
  /** Of those, only events for which this is true, in CEL. */
  readonly where?: string;
  /** Until when; until it is removed when absent, which only a mute that pauses by itself may be. */
  readonly until?: string;
  /** What its subject has to become for it to end before that. */
  readonly ends?: MuteEnd;
  /** The only hours in which it holds anything. */
  readonly every?: WeeklyHours;
  /** What has to fire for it to hold anything. */
  readonly while?: Watched;
  /** Whether it pauses the whole endpoint until somebody resumes it. */
  readonly paused?: true;
  /** The end that its channels were reminded of. */
  readonly reminded?: string;
  readonly reason?: string;
  /** Who asked, as people read it. */
  readonly by: string;
  readonly createdAt: string;
}

/** Whether a mute’s time is over for good. */
export function isOver({ until }: Pick<Mute, 'until'>, now: Date): boolean {
  return until !== undefined && Date.parse(until) <= now.getTime();
}

/** Whether a mute pauses now, because it holds only at some hours. */
export function isPaused({ every }: Pick<Mute, 'every'>, now: Date): boolean {
  return every !== undefined && watchHours(every).at(now.getTime()) === undefined;
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
export function describeMatch({ match, where }: Pick<Mute, 'match' | 'where'>): string {
  const parts = muteFields.flatMap((name) => (match[name] ? [`${name}=${match[name]}`] : []));
  return [...parts, ...(where ? [`where ${where.replace(/\s+/g, ' ')}`] : [])].join(' ') || 'everything';
}
