import type { CommandParts } from '../../../core/command/command.ts';
import type { KnownRhythm } from '../../../core/command/desks/silence-desk.ts';
import type { EventSummary } from '../../../core/event/event.ts';
import { eventLink } from '../../../core/event/event-line.ts';
import { inlineCode, quoted } from '../../../core/message/markdown/inline-code.ts';
import { type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { DAY, describeDuration, describeInterval, MINUTE } from '../../../core/text/duration.ts';
import { plural } from '../../../core/text/line.ts';

/** Events that the usual rhythm is read from, and the fewest that show one. */
const LOOKED_AT = 50;
const FEWEST = 5;
const COUNTED = 50;

export const CHECKS =
  'Check at the provider that the webhook is switched on, that it points at the whole URL (`/webhook show <endpoint> url`), that this kind of event is selected, and what its own delivery log says. `/webhook test <endpoint>` shows whether the URL can be reached.';

export interface Silence {
  readonly words: string | undefined;
  readonly since: number;
  /** Whether the provider reaches the URL, though what it sends is refused. */
  readonly isReached: boolean;
  readonly parts: Pick<CommandParts, 'journal' | 'clock' | 'silences'>;
}

/** Why there is no event of an endpoint since a moment: none arrived, or none that has the words. */
export async function explainSilence(
  endpoint: Endpoint,
  { words, since, isReached, parts }: Silence,
): Promise<readonly Markdown[]> {
  const { id, name } = endpoint;
  const { journal, clock } = parts;
  const now = clock.now();
  const checks = isReached ? '' : ` ${CHECKS.replaceAll('<endpoint>', name)}`;
  const query = { endpointId: id, since: new Date(now.getTime() - since), limit: COUNTED + 1 };
  const [latest, ...others] = words === undefined ? [] : await journal.events.list(query);
  if (words === undefined || !latest) {
    const arrival = await describeArrival(endpoint, parts);
    return [`- **Nothing arrived** at ${inlineCode(name)} in the last ${describeSpan(since)}. ${arrival}${checks}`];
  }
  const many = others.length < COUNTED ? plural(others.length + 1, 'other') : `More than ${COUNTED} others`;
  return [
    `- **Nothing with ${quoted(words)} arrived** at ${inlineCode(name)} in the last ${describeSpan(since)}. ${many} did, the latest ${momentMarkdown(latest.receivedAt)}: ${inlineCode(`/webhook why not ${name}`)} says what became of those.${checks}`,
  ];
}

/** `24 hours`, `2 hours`. */
export function describeSpan(milliseconds: number): string {
  return milliseconds === DAY ? '24 hours' : describeDuration(milliseconds).replace(/^1 (?=\w+$)/, '');
}

/** When an endpoint's last event came, how often one usually comes, and whether the present silence is unusual. */
async function describeArrival(endpoint: Endpoint, { journal, clock, silences }: Silence['parts']): Promise<Markdown> {
  const events = await journal.events.list({ endpointId: endpoint.id, limit: LOOKED_AT });
  const [last] = events;
  if (!last) return 'Nothing has ever arrived at it, as far as events are kept.';
  const known = await silences.rhythm(endpoint, last.receivedAt);
  const rhythm = known
    ? describeKnown(known, clock.now().getTime() - last.receivedAt.getTime())
    : describeRhythm(events, clock.now());
  return `The last delivery came ${momentMarkdown(last.receivedAt)}: ${eventLink(last)} (${inlineCode(last.id)}). ${rhythm}`;
}

function describeKnown({ usual, expected, silent }: KnownRhythm, silence: number): Markdown {
  const often = expected
    ? `One is expected ${describeInterval(usual)}`
    : `Usually the next one arrives within ${rough(usual)}`;
  if (silent) return `${often}: ${rough(silence)} without one is unusual.`;
  return `${often}: ${rough(silence)} without one ${silence > usual ? 'is long, though not yet unusual' : 'is nothing unusual'}.`;
}

/** What the last events alone show, before enough is known of the rhythm. */
function describeRhythm(events: readonly EventSummary[], now: Date): Markdown {
  const times = events.map(({ receivedAt }) => receivedAt.getTime());
  const gaps = times.slice(1).map((time, index) => (times[index] ?? time) - time);
  if (events.length < FEWEST) return 'That is too little to know how often one usually comes.';
  const sorted = gaps.toSorted((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const longest = sorted.at(-1) ?? 0;
  const silence = now.getTime() - (times[0] ?? 0);
  const often =
    usual < MINUTE ? 'Usually they come within a minute of one another' : `Usually one comes every ${rough(usual)}`;
  const judged =
    silence > longest
      ? `${rough(silence)} of silence is longer than any pause among the last ${events.length}, of which the longest was ${rough(longest)}`
      : `${rough(silence)} of silence is nothing unusual: the longest pause among the last ${events.length} was ${rough(longest)}`;
  return `${often}; ${judged}.`;
}

/** Without seconds where there are minutes. */
function rough(milliseconds: number): string {
  return describeDuration(milliseconds < MINUTE ? milliseconds : Math.round(milliseconds / MINUTE) * MINUTE);
}
