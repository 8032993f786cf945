import type { CommandParts } from '../../core/command/command.ts';
import type { Caller } from '../../core/command/permission.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import { inlineCode, sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';
import { toFreshDelivery } from '../../core/provider/fresh-delivery.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Sample } from '../../core/provider/sample.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { endpointUrl } from '../../core/settings/endpoint-url.ts';
import { describeConnectFailure } from '../../core/text/connect-failure.ts';
import { describePlace } from './find-place.ts';

/** One thing that was tried, how it went, and how many milliseconds after the start it was done. */
export interface TrialStep {
  readonly ok: boolean;
  readonly text: Markdown;
  readonly after: number;
}

export interface Trial {
  readonly endpoint: Endpoint;
  readonly provider: Provider;
  readonly sample: Sample;
  readonly secret: string | undefined;
  readonly caller: Caller;
}

export interface TrialResult {
  readonly steps: readonly TrialStep[];
  readonly event?: StoredEvent;
}

const LONGEST_WAIT = 10_000;
const PAUSE = 50;
/** Delivery ids longer than this are kept as a hash. */
const ID_LIMIT = 200;

/** Sends a sample to an endpoint through its public URL, follows it to the channels, and reports each step. Waits ten seconds at most. */
export async function tryEndpoint(
  { endpoint, provider, sample, secret, caller }: Trial,
  parts: CommandParts,
): Promise<TrialResult> {
  const { relay, journal, platforms, clock, publicUrl } = parts;
  const url = endpointUrl(publicUrl, endpoint);
  const started = clock.now();
  const steps: TrialStep[] = [];
  const note = (ok: boolean, text: Markdown, at = clock.now()) =>
    steps.push({ ok, text, after: Math.max(0, at.getTime() - started.getTime()) });

  const context = { url, options: endpoint.options };
  const delivery = toFreshDelivery({ sample, provider, secret, context, now: started });
  const headers = Object.fromEntries(
    Object.entries(delivery.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
  let status: number;
  try {
    ({ status } = await relay.deliver({ url, method: delivery.method, headers, body: delivery.body }));
  } catch (error) {
    note(false, `${inlineCode(publicUrl)} ${describeFailure(error)}`);
    return { steps };
  }
  const sent = `Sent ${inlineCode(sample.type)} to ${inlineCode(publicUrl)}`;
  if (provider.answers ? status >= 300 : status !== 202) {
    note(false, `${sent}: answered ${status}. ${await adviceOn(status, { endpoint, started }, parts)}`);
    return { steps };
  }
  const answeredAt = clock.now();
  note(true, sent, started);

  const deliveryId = provider.deliveryId?.(parseDelivery(delivery), endpoint.options);
  const event = await settled({ endpoint, deliveryId, started }, parts);
  if (!event) {
    note(false, `It is not in the journal. Does ${inlineCode(publicUrl)} lead to another Bellhop?`);
    return { steps };
  }
  const { decision, receivedAt } = event;
  if (decision) noteText('verified');
  note(true, `Kept as event ${inlineCode(event.id)}`, receivedAt);
  note(true, `Answered ${status}`, answeredAt);
  if (!decision) {
    note(false, 'Bellhop has not decided yet what to do with it. `/webhook why` says more in a moment.');
    return { steps, event };
  }
  noteText('quiet');
  if (decision.routes.some(({ outcome }) => outcome === 'hold')) noteText('mute');
  if (!decision.routes.length)
    note(false, `The endpoint has no channel: ${inlineCode(`/webhook route ${endpoint.name} add #channel`)} adds one.`);
  for (const post of (await journal.posts.list({ eventId: event.id, limit: 50 })).toReversed()) {
    const where = escapeMarkdown(describePlace(post, caller, platforms));
    const problem = post.error ? `: ${sentenceMarkdown(post.error)}` : '';
    if (post.state === 'posted') note(true, `Posted in ${where}`, post.settledAt);
    else if (post.state === 'held') note(true, `Held for ${where} until the mute ends`, post.createdAt);
    else if (post.state === 'failed') note(false, `Not posted in ${where}${problem}`, post.settledAt);
    else note(false, `Not posted in ${where} yet${problem}. It is still being tried.`);
  }
  return { steps, event };

  function noteText(kind: 'verified' | 'quiet' | 'mute'): void {
    for (const { step, text } of decision?.steps ?? [])
      if (step === kind)
        note(
          true,
          capitalised(sentenceMarkdown(text)),
          kind === 'verified' ? receivedAt : new Date(decision?.decidedAt ?? receivedAt),
        );
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function describeFailure(error: unknown): Markdown {
  return `${describeConnectFailure(error)}. Set \`PUBLIC_URL\` to the address at which providers reach Bellhop.`;
}

async function adviceOn(
  status: number,
  { endpoint, started }: { readonly endpoint: Endpoint; readonly started: Date },
  { journal, publicUrl, address }: CommandParts,
): Promise<Markdown> {
  const refusal = (await journal.refusals.list({ endpointId: endpoint.id, limit: 1 })).find(({ at }) => at >= started);
  if (refusal) return `Bellhop refused it: ${sentenceMarkdown(refusal.reason)}.`;
  if (status === 200 && !(await address.tryOut(publicUrl)).ok) return describeOther(publicUrl);
  if (status === 200)
    return 'Bellhop received the same delivery a moment ago, so this one counts as a repeat. Try again in a minute.';
  if (status === 404) return describeOther(publicUrl);
  if (status >= 500)
    return 'A proxy in front of Bellhop, or Bellhop itself, cannot take deliveries now. Its log says why.';
  return `Something in front of Bellhop turned it away. Check the proxy at ${inlineCode(publicUrl)}.`;
}

function describeOther(publicUrl: string): Markdown {
  return `Something else answers at ${inlineCode(publicUrl)}. Set \`PUBLIC_URL\` to the address at which providers reach this Bellhop.`;
}

/** The event a test became, once everything owed for it is settled or the wait is over. */
async function settled(
  {
    endpoint,
    deliveryId,
    started,
  }: { readonly endpoint: Endpoint; readonly deliveryId: string | undefined; readonly started: Date },
  { journal, clock }: CommandParts,
): Promise<StoredEvent | undefined> {
  const until = clock.elapsed() + LONGEST_WAIT;
  for (;;) {
    const recent = await journal.events.list({ endpointId: endpoint.id, limit: 10 });
    const summary = recent.find((event) =>
      deliveryId === undefined || deliveryId.length > ID_LIMIT
        ? event.receivedAt >= started
        : event.deliveryId === deliveryId,
    );
    const over = clock.elapsed() >= until;
    if (over || (summary && summary.state !== 'received' && summary.state !== 'queued'))
      return summary && journal.events.get(summary.id);
    await clock.sleep(PAUSE);
  }
}
