import type { Clock } from '../../../core/clock.ts';
import type { VisibleJournal } from '../../../core/command/view.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../../core/message/message.ts';
import {
  fitsMute,
  type Mute,
  type MuteField,
  muteFields,
  toMutePatterns,
  toMuteSubject,
} from '../../../core/settings/mute.ts';
import { DAY } from '../../../core/text/duration.ts';
import { nearest } from '../../../core/text/nearest.ts';

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
  if (held) return `It would have held ${held} of ${events.length} events of the ${span}.`;
  const sources = new Set(events.flatMap(({ about }) => about?.source?.toLowerCase() ?? []));
  const meant = match.source === undefined ? undefined : nearest(match.source, sources);
  return `It would have held none of ${events.length} events of the ${span}.${meant && meant !== match.source ? ` Did you mean ${inlineCode(`source=${meant}`)}?` : ''}`;
}
