import { defineCommand, type Reply } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';

import type { Provider } from '../core/provider/provider.ts';
import { activeSecrets, type Endpoint } from '../core/settings/endpoint.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { DAY, describeDuration } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { newSecret } from './shared/new-secret.ts';
import { providerOf } from './shared/provider-of.ts';
import { recordChange } from './shared/record-change.ts';

const GRACE = DAY;
const LONGEST_GRACE = 30 * DAY;
/** More secrets than this at once is a mistake, and each one is a chance for a guess. */
const MOST_SECRETS = 5;

export default defineCommand({
  summary: 'Replace the signing secret; the old one stays valid for a while',
  help: `Both secrets count during the grace time, so nothing is lost while you paste the new one at the provider.
Where the provider makes the secret, give it with \`secret=…\`. \`grace 0s\` retires the old one at once.`,
  examples: ['/webhook rotate github', '/webhook rotate stripe secret=whsec_… grace 2h'],
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    secret: {
      type: 'string',
      optional: true,
      example: 'whsec_…',
      description: 'The new secret, where the provider makes it',
    },
    grace: {
      type: 'duration',
      keyword: 'grace',
      optional: true,
      complete: 'duration',
      example: '24h',
      description: 'How long the old one still counts; 24 hours when left out',
    },
  },

  async run({ options, caller }, parts) {
    const { settings, journal, providers, clock } = parts;
    const known = findEndpoint(settings.current, options.endpoint);
    const { id, name } = known;
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
        `${provider.title} deliveries are not signed here, so \`${name}\` has no secret to rotate.`,
      );
    if (!secret) return askForSecret(name, provider);

    let before: Endpoint | undefined;
    await settings.update((current) => {
      const endpoint = findEndpoint(current, id);
      const active = activeSecrets(endpoint, now);
      if (active.some((old) => old.value === secret.value))
        throw new OptionError('secret', `\`${name}\` has this secret already.`);
      const kept = grace ? active.slice(1 - MOST_SECRETS) : [];
      before = endpoint;
      const secrets = [...kept.map((old) => ({ ...old, expiresAt: earlier(old.expiresAt, until) })), secret];
      return {
        ...current,
        endpoints: current.endpoints.map((each) => (each.id === id ? { ...endpoint, secrets } : each)),
      };
    });

    const old = before ? activeSecrets(before, now).at(-1) : undefined;
    await recordChange(parts, caller, {
      action: 'rotate',
      endpointId: id,
      detail: `${old ? 'replaced' : 'gave'} the secret of ${name}${old && grace ? `; the old one counts until ${until.toISOString()}` : ''}`,
    });
    const lastUsed = old && (await journal.events.secretUse(id)).get(old.id);
    const lines = [
      old ? `${inlineCode(name)} has a new secret.` : `${inlineCode(name)} has its secret and takes deliveries now.`,
      ...(options.secret === undefined
        ? [`**Secret** ${inlineCode(secret.value)} (shown only now). Paste it at ${escapeMarkdown(provider.title)}.`]
        : []),
      ...(old
        ? [
            `${grace ? `The old secret counts until ${momentMarkdown(until)}` : 'The old secret no longer counts'}; it was ${lastUsed ? `last used ${momentMarkdown(lastUsed, 'relative')}` : 'never used'}.`,
          ]
        : []),
    ];
    return reply(lines.join('\n\n'), {
      severity: 'good',
      actions: [
        { label: 'Send a test', command: 'test', options: { endpoint: name }, style: 'primary' },
        { label: 'Show', command: 'show', options: { endpoint: name } },
      ],
      data: { endpoint: { id, name, secret: secret.value, oldValidUntil: old && grace ? until.toISOString() : null } },
    });
  },
});

function askForSecret(name: string, { title }: Provider): Reply {
  const typed = inlineCode(`/webhook rotate ${name} secret=…`);
  return reply(`${escapeMarkdown(title)} makes this secret. Copy it there and give it as ${typed}.`, {
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
