import type { Clock } from '../../../core/clock.ts';
import type { CommandParts } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import type { VisibleJournal } from '../../../core/command/view.ts';
import { isEnded, isOpen } from '../../../core/event/about.ts';
import type { EventSummary } from '../../../core/event/event.ts';
import { eventLink } from '../../../core/event/event-line.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../../core/message/message.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import {
  fitsMute,
  type Mute,
  type MuteField,
  muteFields,
  toMutePatterns,
  toMuteSubject,
} from '../../../core/settings/mute.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import { DAY } from '../../../core/text/duration.ts';
import { plural } from '../../../core/text/line.ts';
import { nearest } from '../../../core/text/nearest.ts';
import { describeSaved } from '../rules/describe-trial.ts';
import { knownRoutes } from '../rules/try-change.ts';

/** How far back a preview looks, and at how many events. */
const PREVIEW = { span: DAY, events: 1000 } as const;

/** Whether a mute names no part, or only parts that are `*`: it holds every event of its endpoint. */
export function matchesEverything(match: Mute['match']): boolean {
  return muteFields.every((field) => /^\**$/.test(match[field] ?? ''));
}

/** The match that somebody's options describe, as mutes keep it. */
export function toMatch(options: Readonly<Partial<Record<MuteField, string | undefined>>>): Mute['match'] {
  return Object.fromEntries(
    muteFields.flatMap((field) => (options[field] ? [[field, options[field].toLowerCase()]] : [])),
  );
}

/** Whether two matches name the same. */
export function sameMatch(one: Mute['match'], other: Mute['match']): boolean {
  return muteFields.every((field) => one[field] === other[field]);
}

/** Whether two mutes hold the same events, whenever they end. */
export function holdSame(one: Held, other: Held): boolean {
  const rest = ({ where, every, while: watched }: Held) => JSON.stringify([where, every, watched]);
  return sameMatch(one.match, other.match) && rest(one) === rest(other);
}

type Held = Pick<Mute, 'match' | 'where' | 'every' | 'while'>;

/** How much a mute would have held lately, and a hint where it would have held nothing because of a typing mistake. */
export async function describePreview(
  match: Mute['match'],
  endpointId: string,
  { journal, clock }: { readonly journal: VisibleJournal; readonly clock: Clock },
): Promise<Markdown> {
  const since = new Date(clock.now().getTime() - PREVIEW.span);
  const events = await journal.events.list({ endpointId, since, limit: PREVIEW.events });
  const span = events.length === PREVIEW.events ? `last ${PREVIEW.events} events` : 'last 24 hours';
  if (!events.length) return 'No event arrived in the last 24 hours.';
  const patterns = toMutePatterns(match);
  const held = events.filter(({ type, about }) =>
    fitsMute(patterns, toMuteSubject(type, about ?? { title: type })),
  ).length;
  if (held) return `It would have held ${held} of ${plural(events.length, 'event')} of the ${span}.`;
  const sources = new Set(events.flatMap(({ about }) => about?.source?.toLowerCase() ?? []));
  const meant = match.source === undefined ? undefined : nearest(match.source, sources);
  return `It would have held nothing of the ${span} (${plural(events.length, 'event')}).${meant && meant !== match.source ? ` Did you mean ${inlineCode(`source=${meant}`)}?` : ''}`;
}

/** The same of a mute that asks more than what an event is: it is tried. */
export async function describeAsking(
  {
    endpoint,
    caller,
    change,
  }: {
    readonly endpoint: Endpoint;
    readonly caller: Caller;
    readonly change: (settings: Settings) => Settings;
  },
  { rules, clock }: Pick<CommandParts, 'rules' | 'clock'>,
): Promise<Markdown> {
  const known = knownRoutes(endpoint, caller);
  const [trial] = await rules.try({ endpointId: endpoint.id, ...known, changes: [change], span: PREVIEW.span });
  return trial ? describeSaved(trial, clock.now()).join(' ') : '';
}

/** How far back something that is open is looked for, at how many events, and how many are named. */
const OPEN = { span: 3 * DAY, events: 500, named: 3 } as const;

/** What of it is open at the moment: that was posted before, and stays where it is. */
export async function describeOpen(
  match: Mute['match'],
  endpointId: string,
  { journal, clock }: { readonly journal: VisibleJournal; readonly clock: Clock },
): Promise<Markdown> {
  const since = new Date(clock.now().getTime() - OPEN.span);
  const events = await journal.events.list({ endpointId, since, limit: OPEN.events });
  const newest = new Map<string, EventSummary>();
  for (const event of events) {
    const subject = event.about?.subject;
    if (subject !== undefined && !newest.has(subject)) newest.set(subject, event);
  }
  const patterns = toMutePatterns(match);
  const open = [...newest.values()].filter(
    ({ type, about, state }) =>
      state === 'posted' && about && isOpen(about) && fitsMute(patterns, toMuteSubject(type, about)),
  );
  if (!open.length) return '';
  const named = open.slice(0, OPEN.named).map((event) => eventLink(event));
  const more = open.length > OPEN.named ? ` and ${open.length - OPEN.named} more` : '';
  return `Open now: ${named.join(', ')}${more}. What comes of it is held too.`;
}

/** Whether the newest event of a subject says that it is over. */
export async function isOverAlready(
  subject: string,
  endpointId: string,
  { journal }: { readonly journal: VisibleJournal },
): Promise<boolean> {
  const [newest] = await journal.events.list({ endpointId, subject, limit: 1 });
  return newest?.about?.state !== undefined && isEnded(newest.about);
}
