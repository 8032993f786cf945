import type { EventSummary } from '../../core/event/event.ts';
import { eventLink } from '../../core/event/event-line.ts';
import type { NewPost } from '../../core/event/post.ts';
import type { Refusal } from '../../core/event/refusal.ts';
import { inlineCode, sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import { linkMarkdown } from '../../core/message/markdown/link-markdown.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../../core/message/message.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { describeDuration, describeInterval } from '../../core/text/duration.ts';
import { plural } from '../../core/text/line.ts';
import type { ProbeResult } from '../silence/probe.ts';
import { toNotices } from './to-notices.ts';

export interface Silent {
  readonly endpoint: Endpoint;
  readonly provider: Provider | undefined;
  readonly last: EventSummary;
  /** The longest time, in milliseconds, that usually passes without a delivery. */
  readonly usual: number;
  /** What was refused since, and how many refusals are kept at most. */
  readonly refused: readonly Refusal[];
  readonly most: number;
  readonly reached: ProbeResult;
  readonly publicUrl: string;
  /** The address at which the provider shows its deliveries. */
  readonly page: string | undefined;
}

/** What an endpoint's channels are sent when it delivers nothing for longer than usual. */
export function toSilentNotice({ endpoint, provider, usual, last, ...found }: Silent): readonly NewPost[] {
  const { id, name, routes, expect } = endpoint;
  const rhythm = expect
    ? `One is expected ${describeInterval(expect)}.`
    : `Usually the next one arrives within ${describeDuration(usual)}.`;
  const lines: readonly Markdown[] = [
    `The last delivery arrived ${momentMarkdown(last.receivedAt, 'relative')}: ${eventLink(last)}. ${rhythm}`,
    [
      `- ${describeRefused(found)}`,
      `- ${describeReached(found)}`,
      `- ${describePage(endpoint, provider, found.page)}`,
    ].join('\n'),
  ];
  return toNotices(routes, id, {
    title: { text: `${name} is silent` },
    body: lines.join('\n\n'),
    actions: [
      { label: 'Send a test', command: 'test', options: { endpoint: id } },
      ...(found.refused.length ? [{ label: 'Find the scheme', command: 'identify', options: { event: id } }] : []),
      { label: 'Rhythm', command: 'expect', options: { endpoint: id } },
    ],
  });
}

function describeRefused({ refused, most }: Pick<Silent, 'refused' | 'most'>): Markdown {
  const [newest] = refused;
  if (!newest) return 'Nothing was refused since: nothing reached Bellhop.';
  const count = refused.length >= most ? `At least ${refused.length} deliveries` : plural(refused.length, 'delivery');
  return `${count.replace('deliverys', 'deliveries')} ${refused.length === 1 ? 'was' : 'were'} refused since, the last one because ${sentenceMarkdown(newest.reason)}.`;
}

function describeReached({ reached, publicUrl }: Pick<Silent, 'reached' | 'publicUrl'>): Markdown {
  const url = inlineCode(publicUrl);
  if (!reached.ok)
    return `${url} does not lead here: ${sentenceMarkdown(reached.reason)}. Set \`PUBLIC_URL\`, or fix the proxy or the DNS in front of Bellhop.`;
  return isLocal(publicUrl)
    ? `${url} answers, but only on this machine. Set \`PUBLIC_URL\` to the address at which providers reach Bellhop.`
    : `${url} answers.`;
}

function isLocal(url: string): boolean {
  return /^(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(new URL(url).host);
}

function describePage({ provider: known }: Endpoint, provider: Provider | undefined, page: string | undefined) {
  const title = escapeMarkdown(provider?.title ?? known);
  const where = provider?.deliveryLog?.where;
  const at = page ? ` (${linkMarkdown('open it', page)})` : '';
  if (where) return `${title} shows what it sent, and what failed, in ${where}${at}.`;
  return provider && !provider.anybody
    ? `Check at ${title} that the webhook is still enabled (${linkMarkdown('its manual', provider.docs)}).`
    : 'Check that the sender is running and that its webhook is enabled.';
}

export interface Back {
  readonly endpoint: Endpoint;
  readonly provider: Provider | undefined;
  readonly since: Date;
  readonly until: Date;
  /** How many deliveries would usually have arrived meanwhile; nothing where that is not known. */
  readonly expected: number | undefined;
}

/** What an endpoint's channels are sent when it delivers again. */
export function toBackNotice({ endpoint, provider, since, until, expected }: Back): readonly NewPost[] {
  const { id, name, routes } = endpoint;
  const title = escapeMarkdown(provider?.title ?? endpoint.provider);
  const count = Math.round(expected ?? 0);
  const lost =
    expected === undefined
      ? `How much ${title} did not deliver meanwhile is not known.`
      : count === 0
        ? 'Few or no deliveries usually arrive in a period like this.'
        : `About ${count.toLocaleString('en')} ${count === 1 ? 'delivery' : 'deliveries'} would usually have arrived meanwhile; ${title} may have dropped them.`;
  const recover = provider?.recovery
    ? ` **Recover** fetches from ${title} what failed.`
    : ' What arrived late after all is in the history.';
  return toNotices(routes, id, {
    severity: 'good',
    title: { text: `${name} delivers again` },
    body: `It was silent for **${describeDuration(until.getTime() - since.getTime())}**, from ${momentMarkdown(since)} to ${momentMarkdown(until)}. ${lost}${recover}`,
    actions: [
      ...(provider?.recovery
        ? [{ label: 'Recover', command: 'recover', options: { endpoint: id, since: since.toISOString() } }]
        : []),
      { label: 'History', command: 'history', options: { endpoint: id } },
    ],
  });
}
