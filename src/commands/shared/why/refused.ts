import type { VisibleJournal } from '../../../core/command/view.ts';
import type { Refusal } from '../../../core/event/refusal.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { type CommandAction, type Markdown, momentMarkdown } from '../../../core/message/message.ts';

const LISTED = 5;
/** All that is kept of an endpoint. */
const KEPT = 100;

/** The latest deliveries of an endpoint that were refused after a moment. */
export async function refusalsSince(
  since: Date,
  endpointId: string,
  { refusals }: Pick<VisibleJournal, 'refusals'>,
): Promise<readonly Refusal[]> {
  return (await refusals.list({ endpointId, limit: LISTED })).filter(({ at }) => at > since);
}

/** A refused delivery on one line. */
export function describeRefusal({ id, at, reason, status }: Refusal, endpoint?: string): Markdown {
  return `- ${inlineCode(`r${id}`)} ${momentMarkdown(at)}${endpoint ? ` ${inlineCode(endpoint)}` : ''} ${status}: ${sentenceMarkdown(reason)}`;
}

/** The button that finds out how the latest of them was signed. */
export function findActions(refusals: readonly Refusal[]): CommandAction[] {
  const latest = refusals.find(({ status }) => status === 401);
  return latest ? [{ label: 'Find the scheme', command: 'identify', options: { event: `r${latest.id}` } }] : [];
}

export const SIGNATURE_ADVICE =
  'If the signature does not match, the provider signs with another secret or in another way: `/webhook identify` finds out which, and `/webhook rotate` makes a new secret.';

/** Refused deliveries of one reason. */
export interface RefusedGroup {
  readonly status: number;
  readonly reason: string;
  readonly times: number;
  readonly latest: Refusal;
  /** How many of them have the words somebody looks for in their body. */
  readonly matching: number;
}

/** An endpoint's refused deliveries since a moment by their reasons, the most frequent first. */
export async function groupRefusals(
  { endpointId, since, words }: { readonly endpointId: string; readonly since: Date; readonly words?: string },
  { refusals }: Pick<VisibleJournal, 'refusals'>,
): Promise<readonly RefusedGroup[]> {
  const found = (await refusals.list({ endpointId, limit: KEPT })).filter(({ at }) => at >= since);
  const wanted = words?.toLowerCase().split(/\s+/) ?? [];
  const matches = ({ body }: Refusal) => {
    const text = body.toString('utf8').toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return [...Map.groupBy(found, ({ status, reason }) => `${status} ${reason}`).values()]
    .flatMap((group) => {
      const [latest] = group;
      if (!latest) return [];
      const { status, reason } = latest;
      return [{ status, reason, times: group.length, latest, matching: group.filter(matches).length }];
    })
    .toSorted((a, b) => b.times - a.times);
}

/** One reason, how often, when last, and the cure. */
export function describeGroup({ status, reason, times, latest, matching }: RefusedGroup, words?: string): Markdown {
  const which = words === undefined || matching === times ? '' : `, ${matching} of them with these words`;
  return `- **Refused**: ${times === 1 ? '1 delivery' : `${times} deliveries`}${which}, the latest ${momentMarkdown(latest.at)} (${inlineCode(`r${latest.id}`)}), with ${status}: ${sentenceMarkdown(reason)}. ${cureOf(status)}`;
}

function cureOf(status: number): Markdown {
  if (status === 401) return SIGNATURE_ADVICE;
  if (status === 413)
    return 'The body is larger than this endpoint takes: have the provider send less, or raise the limit (`bodyLimit` of the endpoint in the settings).';
  if (status === 405) return 'Set the method at the provider, or check that the URL was pasted into the right field.';
  if (status >= 500) return 'Time may help: most providers deliver again by themselves.';
  return 'Correct it at the provider, then have it deliver again.';
}
