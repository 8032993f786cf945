import type { VisibleJournal } from '../../../core/command/view.ts';
import type { EventSummary } from '../../../core/event/event.ts';
import { eventLink } from '../../../core/event/event-line.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import { describeDuration, MINUTE } from '../../../core/text/duration.ts';

/** Events that the usual rhythm is read from, and the fewest that show one. */
const LOOKED_AT = 50;
const FEWEST = 5;

export const CHECKS =
  'Check at the provider that the webhook is switched on, that it points at the whole URL (`/webhook show <endpoint> url`), that this kind of event is selected, and what its own delivery log says. `/webhook test <endpoint>` shows whether the URL can be reached.';

/** When an endpoint's last event came, how often one usually comes, and whether the present silence is unusual. */
export async function describeArrival(
  endpointId: string,
  { journal, now }: { readonly journal: Pick<VisibleJournal, 'events'>; readonly now: Date },
): Promise<Markdown> {
  const events = await journal.events.list({ endpointId, limit: LOOKED_AT });
  const [last] = events;
  if (!last) return 'Nothing has ever arrived at it, as far as events are kept.';
  const rhythm = describeRhythm(events, now);
  return `The last delivery came ${momentMarkdown(last.receivedAt)}: ${eventLink(last)} (${inlineCode(last.id)}).${rhythm && ` ${rhythm}`}`;
}

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
