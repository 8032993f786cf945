import { defineCommand, type Reply } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import type { Provider } from '../core/provider/provider.ts';
import { activeSecrets, type Endpoint, type Secret } from '../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { DAY, describeDuration } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { newSecret, secretOption } from './shared/new-secret.ts';
import { providerOf } from './shared/provider-of.ts';
import { testActions } from './shared/test-action.ts';

const GRACE = DAY;
const LONGEST_GRACE = 30 * DAY;
/** More secrets than this at once is a mistake, and each one is a chance for a guess. */
const MOST_SECRETS = 5;

export default defineCommand({
  summary: 'Replace the signing secret; the old one stays valid for a while',
  help: `Both secrets are valid during the grace time, so no delivery is lost while you paste the new one at the provider.
Where the provider makes the secret, give it with \`secret=…\`. \`grace 0s\` retires every old secret at once.`,
  examples: ['/webhook rotate github', '/webhook rotate stripe secret=whsec_… grace 2h'],
  place: 13,
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    secret: { ...secretOption, description: 'The new secret, where the provider makes it' },
    grace: {
      type: 'duration',
      keyword: 'grace',
      optional: true,
      complete: 'duration',
      example: '24h',
      description: 'How long the old one stays valid; 24 hours when left out',
    },
  },

  async run({ options }, { view, changes, journal, providers, samples, clock }) {
    const known = await view.find(options.endpoint);
    const provider = providerOf(known, providers);
    const grace = options.grace ?? GRACE;
    if (grace > LONGEST_GRACE)
      throw new OptionError('grace', `An old secret can stay valid for ${describeDuration(LONGEST_GRACE)} at most.`);
    const now = clock.now();
    const until = new Date(now.getTime() + grace);

    const { origin, secret } = newSecret({ provider, options: known.options, given: options.secret, now });
    if (!secret && origin === 'none')
      throw new AppError(
        409,
        'nothing_signed',
        `${provider.title} deliveries are not signed here, so \`${known.name}\` has no secret to rotate.`,
      );
    if (!secret) return askForSecret(known.name, provider);

    // Everything that can fail comes before the change: after it, the new secret must be shown.
    const use = await journal.events.secretUse(known.id);
    const { before, after } = await changes.settings((current) => {
      const endpoint = endpointNow(current, known);
      const active = activeSecrets(endpoint, now);
      checkAddition(endpoint, active, { secret, grace });
      const kept = grace ? active.map((old) => ({ ...old, expiresAt: earlier(old.expiresAt, until) })) : [];
      const secrets = [...kept, secret];
      return {
        change: {
          action: 'rotate',
          endpointId: endpoint.id,
          detail: `${active.length ? 'replaced' : 'gave'} the secret of ${endpoint.name}`,
          before: listOf(active),
          after: listOf(secrets),
        },
        settings: withEndpoint(current, { ...endpoint, secrets }),
        result: { before: active, after: { ...endpoint, secrets } },
      };
    });

    const { id, name } = after;
    const old = before.at(-1);
    const made = options.secret === undefined ? secret.value : null;
    const lines = [
      old ? `${inlineCode(name)} has a new secret.` : `${inlineCode(name)} has its secret and takes deliveries now.`,
      ...(made
        ? [`**Secret** ${inlineCode(made)} (shown only now). Paste it at ${escapeMarkdown(provider.title)}.`]
        : []),
      ...(old ? [describeOld(before, grace ? until : undefined, use.get(old.id))] : []),
    ];
    return reply(lines.join('\n\n'), {
      severity: 'good',
      actions: [
        ...testActions(after, { samples }, 'primary'),
        { label: 'Show', command: 'show', options: { endpoint: name } },
      ],
      data: { endpoint: { id, name, secret: made, oldValidUntil: old && grace ? until.toISOString() : null } },
    });
  },
});

/** Throws where a secret may not be added: an earlier one stays valid for as long as was promised. */
function checkAddition(
  { name }: Endpoint,
  active: readonly Secret[],
  { secret, grace }: { readonly secret: Secret; readonly grace: number },
): void {
  if (active.some(({ value }) => value === secret.value))
    throw new OptionError('secret', `\`${name}\` has this secret already.`);
  if (!grace || active.length < MOST_SECRETS) return;
  throw new AppError(
    409,
    'too_many_secrets',
    `\`${name}\` has ${active.length} valid secrets already, which is the most. Wait until one of them has expired, or retire them all with \`grace 0s\`.`,
  );
}

function describeOld(before: readonly Secret[], until: Date | undefined, lastUsed: Date | undefined): Markdown {
  const used = lastUsed ? `last used ${momentMarkdown(lastUsed, 'relative')}` : 'never used';
  if (until) return `The old secret stays valid until ${momentMarkdown(until)}; it was ${used}.`;
  return before.length > 1
    ? `The ${before.length} old secrets are no longer valid; the latest was ${used}.`
    : `The old secret is no longer valid; it was ${used}.`;
}

/** Secrets by their ids, and until when each is valid. */
function listOf(secrets: readonly Secret[]): string {
  return (
    secrets.map(({ id, expiresAt }) => `secret ${id}${expiresAt ? ` until ${expiresAt}` : ''}`).join(', ') ||
    'no secret'
  );
}

function askForSecret(name: string, { title }: Provider): Reply {
  const typed = inlineCode(`/webhook rotate ${name} secret=…`);
  return reply(`${escapeMarkdown(title)} makes this secret. Copy it there and give it here: ${typed}.`, {
    form: {
      command: 'rotate',
      title: 'Give the secret',
      ask: ['secret', 'grace'],
      options: { endpoint: name },
      submit: 'Save',
    },
    data: { code: 'missing_option', field: 'secret' },
  });
}

function earlier(expiresAt: string | undefined, until: Date): string {
  return expiresAt && Date.parse(expiresAt) < until.getTime() ? expiresAt : until.toISOString();
}
