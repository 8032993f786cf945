import type { CommandParts, Reply } from '../../../core/command/command.ts';
import type { PendingDesk, TakenHeld } from '../../../core/command/desks/pending-desk.ts';
import { reply } from '../../../core/command/reply.ts';
import { AppError } from '../../../core/errors.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../../../core/message/message.ts';
import { asksForSecret, type Provider } from '../../../core/provider/provider.ts';
import { activeSecrets, type Endpoint } from '../../../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../../../core/settings/endpoint-lookup.ts';
import { endpointUrl } from '../../../core/settings/endpoint-url.ts';
import { isPending } from '../../../core/settings/pending.ts';
import { plural } from '../../../core/text/line.ts';
import { describeSecret, newSecret } from '../new-secret.ts';
import { checkProviderChoices } from '../provider-choices.ts';
import { toSetupSteps } from '../setup-steps.ts';
import { testActions } from '../test-action.ts';
import { heldActions } from './actions.ts';

export interface NamedSender {
  readonly name: string;
  readonly provider: Provider;
  readonly choices: Readonly<Record<string, string>>;
  readonly secret: string | undefined;
}

/** Makes a pending endpoint one of a provider, and takes what it holds as that provider's. */
export async function nameSender(
  pendingEndpoint: Endpoint,
  { name: providerName, provider, choices: given, secret: typed }: NamedSender,
  parts: CommandParts,
): Promise<Reply> {
  const { changes, pending, samples, clock, publicUrl } = parts;
  const choices = checkProviderChoices(given, provider, ['secret', 'endpoint', 'provider', 'held']);
  const now = clock.now();
  const known = activeSecrets(pendingEndpoint, now).at(-1)?.value;
  if (typed === undefined && known === undefined && asksForSecret(provider, choices))
    return askForSecret(pendingEndpoint, providerName, provider, choices);
  // A secret that was given with the URL counts where the provider signs at all.
  const usable =
    typed ?? (newSecret({ provider, options: choices, given: undefined, now }).origin === 'none' ? undefined : known);
  const { origin, secret } = newSecret({ provider, options: choices, given: usable, now });
  const endpoint = await changes.settings((current) => {
    const before = endpointNow(current, pendingEndpoint);
    checkPending(before);
    const changed: Endpoint = { ...before, provider: providerName, options: choices, secrets: secret ? [secret] : [] };
    return {
      change: {
        action: 'sender',
        endpointId: before.id,
        detail: `said that ${providerName} sends to ${before.name}${secret ? ', and gave it a secret' : ''}`,
      },
      settings: withEndpoint(current, changed),
      result: changed,
    };
  });
  const taken = await pending.take(endpoint.id);
  const { id, name, routes, createdAt } = endpoint;
  const url = endpointUrl(publicUrl, endpoint);
  const made = usable === undefined ? secret?.value : undefined;
  const awaiting = origin === 'theirs' && !secret;
  return reply(
    [
      `${inlineCode(name)} now accepts webhooks from ${escapeMarkdown(provider.title)}. Its URL and channel stay as they are.${describeSecret(
        {
          name,
          title: provider.title,
          secret: made,
          given: usable !== undefined,
          awaiting,
          givesSecret: provider.givesSecret ?? false,
        },
      )}`,
      describeTaken(taken, { provider, made: made !== undefined || awaiting }),
      toSetupSteps(provider, { url, secret: made, awaiting, options: choices }),
    ]
      .filter(Boolean)
      .join('\n\n'),
    {
      severity: taken.refused ? 'warning' : 'good',
      actions: [
        ...(taken.refused ? heldActions(endpoint, taken.refused) : testActions(endpoint, { samples }, 'primary')),
        { label: 'Show', command: 'show', options: { endpoint: name } },
      ],
      data: { endpoint: { id, name, provider: providerName, url, secret: made ?? null, routes, createdAt }, taken },
    },
  );
}

/** Throws `AppError` where somebody has said already who sends. */
export function checkPending({ name, provider, ...rest }: Endpoint): void {
  if (!isPending({ provider, ...rest }))
    throw new AppError(
      409,
      'not_pending',
      `\`${name}\` already accepts webhooks from \`${provider}\`. \`/webhook identify ${name}\` finds out how a refused delivery was signed.`,
    );
}

function describeTaken(
  { events, others, refused, reason }: TakenHeld,
  { provider, made }: { readonly provider: Provider; readonly made: boolean },
): Markdown {
  const title = escapeMarkdown(provider.title);
  const lines = [
    events > 0 && `${events === 1 ? 'The held delivery was' : `${events} held deliveries were`} accepted.`,
    others > 0 &&
      `${plural(others, 'held request')} ${others === 1 ? 'was not an event: a repeat, or a handshake that checks' : 'were not events: repeats, or handshakes that check'} the URL. If ${title} checked it, have it check again.`,
    refused > 0 &&
      (made
        ? `${plural(refused, 'held request')} came before ${title} had the secret, so nothing can verify ${refused === 1 ? 'it' : 'them'}. ${STAYS}`
        : `${plural(refused, 'held request')} could not be verified: ${sentenceMarkdown(reason ?? '')}. ${STAYS}`),
  ];
  return lines.filter((line) => line).join('\n');
}

const STAYS = 'Nothing of that is posted unless you say so; after a week it is gone.';

function askForSecret(
  { name }: Endpoint,
  providerName: string,
  provider: Provider,
  choices: Readonly<Record<string, string>>,
): Reply {
  const title = escapeMarkdown(provider.title);
  return reply(
    `${title} makes its own secret. Copy it there and give it here: ${inlineCode(`/webhook sender ${name} ${providerName} secret=…`)}. What is held is verified with it.`,
    {
      form: {
        command: 'sender',
        title: `It is ${provider.title}`.slice(0, 24),
        ask: ['secret'],
        options: { endpoint: name, provider: providerName, ...choices },
        submit: 'Confirm',
      },
      data: { code: 'missing_option', field: 'secret' },
    },
  );
}

/** Posts what stays held as it is, or throws it away, where its owner says so. */
export async function settleHeld(
  endpoint: Endpoint,
  wish: 'post' | 'discard',
  { changes, pending }: { readonly changes: CommandParts['changes']; readonly pending: PendingDesk },
): Promise<Reply> {
  const { id, name } = endpoint;
  const held = await pending.count(id);
  if (held === 0) return reply(`${inlineCode(name)} holds nothing.`, { data: { held: 0 } });
  if (wish === 'discard') {
    const detail = `threw away ${plural(held, 'held request')} of ${name}`;
    const gone = await changes.record({ action: 'sender', endpointId: id, detail }, () => pending.discard(id));
    return reply(`${plural(gone, 'held request')} of ${inlineCode(name)} ${gone === 1 ? 'is' : 'are'} thrown away.`, {
      data: { held: 0 },
    });
  }
  if (isPending(endpoint))
    throw new AppError(409, 'pending', `Say first who sends to \`${name}\`: \`/webhook sender ${name}\`.`);
  const detail = `had ${plural(held, 'held request')} of ${name} posted without verification`;
  const taken = await changes.record({ action: 'sender', endpointId: id, detail }, () =>
    pending.take(id, { unverified: true }),
  );
  return reply(
    `${plural(taken.events, 'held request')} of ${inlineCode(name)} ${taken.events === 1 ? 'is' : 'are'} posted, marked as not verified.${taken.refused ? ` ${plural(taken.refused, 'other')} could not be taken: ${sentenceMarkdown(taken.reason ?? '')}.` : ''}`,
    { severity: taken.refused ? 'warning' : 'good', data: { taken } },
  );
}
