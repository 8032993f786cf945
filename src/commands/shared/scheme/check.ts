import type { CommandParts } from '../../../core/command/command.ts';
import type { Delivery } from '../../../core/delivery/delivery.ts';
import { parseDelivery } from '../../../core/delivery/parse-delivery.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../../core/message/message.ts';
import type { Provider } from '../../../core/provider/provider.ts';
import { OWN_SCHEME } from '../../../core/provider/scheme/scheme-axes.ts';
import type { Verdict } from '../../../core/provider/signature.ts';
import { describeClock, describeTwist, toTyped } from './describe-finding.ts';

export interface CheckedScheme {
  readonly provider: Provider;
  readonly options: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly url: string;
}

/** Whether a scheme accepts a delivery, and if not, what is nearest to it. */
export async function checkDelivery(
  deliveries: readonly Delivery[],
  { provider, options, secrets, url }: CheckedScheme,
  { schemes }: Pick<CommandParts, 'schemes'>,
): Promise<{ readonly ok: true; readonly text: Markdown } | { readonly ok: false; readonly text: Markdown }> {
  let verdict: Verdict | undefined;
  for (const delivery of deliveries) {
    verdict = await provider.signature.verify(parseDelivery(delivery), secrets, { url, options });
    if (verdict.ok) return { ok: true, text: 'The pasted delivery is accepted by this scheme.' };
    // What was copied from a log was sent some time ago; that its time has passed speaks for the scheme.
    if (verdict.fault === 'time')
      return {
        ok: true,
        text: 'The pasted delivery matches this scheme. Its timestamp is too far from now, which is normal for a pasted delivery.',
      };
  }
  const reason = verdict?.ok === false ? sentenceMarkdown(verdict.reason) : 'there is none';
  const near = await nearest(deliveries, { secrets, url }, { schemes });
  return { ok: false, text: `The pasted delivery would be refused: ${reason}.${near}` };
}

async function nearest(
  deliveries: readonly Delivery[],
  { secrets, url }: Pick<CheckedScheme, 'secrets' | 'url'>,
  { schemes }: Pick<CommandParts, 'schemes'>,
): Promise<Markdown> {
  for (const delivery of deliveries) {
    const { found } = await schemes.find({ delivery, secrets, url });
    const best = found.find(({ provider }) => provider === OWN_SCHEME) ?? found[0];
    if (!best) continue;
    const what =
      best.provider === OWN_SCHEME
        ? ` It matches with ${inlineCode(toTyped(best.options))}.`
        : ` It is signed as ${best.title} signs: ${inlineCode(`/webhook new ${best.provider}`)}.`;
    if (best.twist) return `${what} ${describeTwist(best.twist)}`;
    return best.off === undefined ? what : `${what} ${describeClock(best.off)}`;
  }
  return ' No scheme that Bellhop knows fits it with this secret.';
}
