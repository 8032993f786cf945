import type { Phase, SubjectCourse } from '../../core/event/subject.ts';
import { type Severity, severities } from '../../core/message/severity.ts';

/** An event as far as its subject's course depends on it. Times are ISO 8601. */
export interface Happening {
  readonly eventId: string;
  readonly title: string;
  readonly state?: string;
  readonly severity?: Severity;
  readonly phase?: Phase;
  /** When it happened, as its provider says. */
  readonly occurredAt?: string;
  /** The provider's own count of what happened, in digits. */
  readonly sequence?: string;
  /** When it arrived. */
  readonly heardAt: string;
  /** Shows whether it says anything new: what its message says, where that is known, and what it is about. */
  readonly print?: string;
  readonly gist: string;
  /** Whether it is about a part of its subject, so that it says nothing about how that stands. */
  readonly part?: boolean;
  /** Whether it pings somebody, which only a message of its own can. */
  readonly pings?: boolean;
}

/** What an event is to its subject: worth a message of its own, news, the same again, or older than what is known. */
export type Step = { readonly course: SubjectCourse; readonly turned: boolean } & (
  | { readonly step: 'anew'; readonly because: 'first' | 'again' | 'worse' | 'reminder' | 'ping' }
  | { readonly step: 'news' | 'same' | 'late' }
);

/** So many turns within so many milliseconds are too many to have a message each. */
const FLAPPING = { turns: 4, within: 30 * 60_000 } as const;
/** Turns that are remembered. */
const TURNS = 20;

export interface StepRules {
  /** For how long the same again is counted, in milliseconds. */
  readonly repeats: number;
  /** The newest event when a person closed the subject: what fires after it opens the subject again. */
  readonly closedWith?: string | undefined;
  /** Whether a message of its own says that an open subject became graver than ever since it opened: an edit notifies nobody. */
  readonly worseIsNews?: boolean;
}

/** Takes a subject's course one event further. */
export function step(
  course: SubjectCourse | undefined,
  happening: Happening,
  { repeats, closedWith, worseIsNews = false }: StepRules,
): Step {
  if (!course) return { step: 'anew', because: 'first', turned: false, course: toCourse(happening) };
  if (happening.part && !course.ofPart) return { step: 'news', turned: false, course };
  if (isLate(course, happening)) return { step: 'late', turned: false, course };
  const phase = happening.phase ?? course.phase;
  const turned = phase !== course.phase && (course.phase !== undefined || phase === 'over');
  const next = goOn(course, happening, { phase, turned });
  if (turned && phase === 'open' && !flapsIn(next))
    return { step: 'anew', because: 'again', turned, course: { ...next, ...beginning(happening) } };
  if (phase === 'open' && firesAfter(closedWith, course, happening))
    return { step: 'anew', because: 'again', turned, course: { ...next, ...beginning(happening) } };
  if (worseIsNews && phase === 'open' && !turned && isWorse(happening.severity, course))
    return { step: 'anew', because: 'worse', turned, course: { ...next, ...toStart(happening) } };
  if (happening.pings) return { step: 'anew', because: 'ping', turned, course: { ...next, ...toStart(happening) } };
  const isSame = !turned && course.state === next.state && saysSame(course, happening);
  if (!isSame) return { step: 'news', turned, course: { ...next, times: 1, countedFrom: happening.heardAt } };
  // Nobody needs to be reminded of what is over.
  const counted = phase === 'over' || Date.parse(happening.heardAt) - Date.parse(course.countedFrom) < repeats;
  return counted
    ? { step: 'same', turned, course: { ...next, times: course.times + 1 } }
    : { step: 'anew', because: 'reminder', turned, course: { ...next, ...toStart(happening) } };
}

/** How often a subject turned lately, where that is too often. */
export function flapsIn({
  turns,
}: Pick<SubjectCourse, 'turns'>): { readonly times: number; readonly within: number } | undefined {
  const last = Date.parse(turns.at(-1) ?? '');
  const lately = turns.map((turn) => Date.parse(turn)).filter((at) => last - at <= FLAPPING.within);
  const [first] = lately;
  return first !== undefined && lately.length >= FLAPPING.turns
    ? { times: lately.length, within: Math.max(0, last - first) }
    : undefined;
}

/** Whether a subject fires again that a person closed. The same firing said again is not another. */
function firesAfter(closedWith: string | undefined, course: SubjectCourse, happening: Happening): boolean {
  if (closedWith === undefined || happening.phase !== 'open') return false;
  const isMeant = Number(openedBy(course)) <= Number(closedWith) && Number(happening.eventId) > Number(closedWith);
  const { occurredAt } = happening;
  const isSameFiring = occurredAt !== undefined && occurredAt === course.occurredAt && saysSame(course, happening);
  return isMeant && !isSameFiring;
}

function openedBy({ openedBy, firstEventId }: SubjectCourse): string {
  return openedBy ?? firstEventId;
}

function rank(severity: Severity | undefined): number {
  return severity === 'good' || severity === undefined ? 0 : severities.indexOf(severity);
}

function isWorse(severity: Severity | undefined, { gravest, severity: known }: SubjectCourse): boolean {
  return rank(severity) > rank(gravest ?? known);
}

function graver(one: Severity | undefined, other: Severity | undefined): { readonly gravest?: Severity } {
  const gravest = rank(one) >= rank(other) ? one : other;
  return gravest ? { gravest } : {};
}

function saysSame(course: SubjectCourse, { print, gist }: Happening): boolean {
  return course.print !== undefined && print !== undefined ? course.print === print : course.gist === gist;
}

/** How long after the end of something its beginning may still arrive, in milliseconds. */
const OVERTAKEN_WITHIN = 10_000;

/**
 * Whether something later is known already. The provider's own count says so best, then its moments; where both are the same,
 * the order of arrival does, but that something began does not follow that it ended, at one and the same moment.
 */
function isLate(course: SubjectCourse, happening: Happening): boolean {
  const { sequence: counted, occurredAt: known, eventId } = course;
  const { sequence: count, occurredAt: at, eventId: id } = happening;
  if (counted !== undefined && count !== undefined && BigInt(counted) !== BigInt(count))
    return BigInt(count) < BigInt(counted);
  if (known !== undefined && at !== undefined && known !== at) return Date.parse(at) < Date.parse(known);
  return Number(id) < Number(eventId) || (known !== undefined && known === at && isOvertaken(course, happening));
}

/** Some providers give all events of a thing the moment at which it began: among them only what arrives together was overtaken. */
function isOvertaken({ phase, occurredAt, beganAt, countedFrom }: SubjectCourse, happening: Happening): boolean {
  if (phase !== 'over' || happening.phase !== 'open') return false;
  const movesOn = occurredAt !== beganAt;
  return movesOn || Date.parse(happening.heardAt) - Date.parse(countedFrom) < OVERTAKEN_WITHIN;
}

function goOn(
  course: SubjectCourse,
  happening: Happening,
  { phase, turned }: { readonly phase: Phase | undefined; readonly turned: boolean },
): SubjectCourse {
  const { eventId, title, state, severity, occurredAt, sequence, heardAt, print, gist } = happening;
  // Every event of an open subject says that it is open, so only a new text counts.
  const { ofPart: _, ...known } = course;
  const isVague = !turned && course.state !== undefined && /^(?:open(?:ed)?|closed)$/i.test(state ?? '');
  return {
    ...known,
    ...(happening.part && { ofPart: true }),
    eventId,
    title,
    ...(state !== undefined && !isVague && { state }),
    ...(severity && { severity }),
    ...(phase && { phase }),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(sequence !== undefined && { sequence }),
    lastAt: occurredAt ?? heardAt,
    print,
    gist,
    ...(turned && phase === 'open'
      ? { openedBy: eventId, ...graver(severity, undefined) }
      : graver(severity, course.gravest ?? course.severity)),
    turns: turned ? [...course.turns, momentOf(happening)].slice(-TURNS) : course.turns,
  };
}

function toCourse(happening: Happening): SubjectCourse {
  const { eventId, title, state, severity, phase, occurredAt, sequence, print, gist } = happening;
  return {
    eventId,
    title,
    ...(state !== undefined && { state }),
    ...(severity && { severity }),
    ...(phase && { phase }),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(sequence !== undefined && { sequence }),
    lastAt: momentOf(happening),
    print,
    gist,
    ...(happening.part && { ofPart: true }),
    turns: [],
    ...graver(severity, undefined),
    ...beginning(happening),
  };
}

/** What begins with the first message of an opening. */
function beginning(happening: Happening) {
  const { eventId, severity } = happening;
  return { ...toStart(happening), openedBy: eventId, ...graver(severity, undefined), beganAt: momentOf(happening) };
}

/** What begins with a message of its own. */
function toStart({ eventId, heardAt }: Happening) {
  return { firstEventId: eventId, times: 1, countedFrom: heardAt };
}

function momentOf({ occurredAt, heardAt }: Happening): string {
  return occurredAt ?? heardAt;
}
