import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { personOf } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../core/message/message.ts';
import type { Provider } from '../core/provider/provider.ts';
import { OWN_SCHEME } from '../core/provider/scheme/scheme-axes.ts';
import { placeLabel } from '../core/settings/channel.ts';
import { describeReach } from '../core/settings/describe-reach.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { endpointUrl } from '../core/settings/endpoint-url.ts';
import { newId, newToken } from '../core/settings/ids.ts';
import { checkNameIsFree, freeName, parseEndpointName } from './shared/endpoint-name.ts';
import { describePlace, findPlace } from './shared/find-place.ts';
import { askForEndpoint, askForPending, askForProvider, askForScheme } from './shared/new-forms.ts';
import { describeSecret, newSecret, secretOption } from './shared/new-secret.ts';
import { findProvider } from './shared/pending/find-provider.ts';
import { makePending } from './shared/pending/make-pending.ts';
import { checkProviderChoices } from './shared/provider-choices.ts';
import { toReachActions } from './shared/reach-actions.ts';
import { checkDelivery } from './shared/scheme/check.ts';
import { toTyped } from './shared/scheme/describe-finding.ts';
import { deliveryOption, readPasted } from './shared/scheme/pasted.ts';
import { toSetupSteps } from './shared/setup-steps.ts';
import { testActions } from './shared/test-action.ts';

export default defineCommand({
  summary: 'Make an endpoint: a secret URL whose webhooks are posted to a channel',
  help: `Makes a URL for one provider and shows it once, with the secret and the steps to set it up there.

Without \`in\`, webhooks are posted in the channel you are in. For a channel of another platform, put the platform first, such as \`slack:#ops\`.
Where you do not know yet who sends, leave the provider out: \`/webhook new in #ops\` makes the URL, holds what comes, and says who it looks like; you confirm with a button.
Where the provider makes the secret, give it with \`secret=…\`, now or later with \`/webhook rotate\`. Until then deliveries are refused.
Every other \`name=value\` is a setting of the provider, such as \`header=x-signature\`.
For a sender that Bellhop does not know, \`new custom\` takes its scheme: \`/webhook providers custom\` lists what it is made of. With \`delivery=\`, a delivery that you paste, it is made only if that is accepted, and otherwise you are told what is nearest.`,
  examples: [
    '/webhook new github in #ops',
    '/webhook new stripe in #payments as charges secret=whsec_…',
    '/webhook new in #ops',
    '/webhook new custom in #ops header=x-acme-signature digest=sha256 encoding=hex',
  ],
  aliases: ['create', 'add'],
  place: 1,
  permission: 'member',
  options: {
    provider: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'provider',
      example: 'github',
      description: 'Who sends the webhooks; leave it out to see from the first delivery',
    },
    in: {
      type: 'channel',
      label: 'Channel',
      positional: true,
      keyword: 'in',
      optional: true,
      complete: 'channel',
      example: '#ops',
      description: 'Where they are posted; this channel when left out',
    },
    as: {
      type: 'string',
      label: 'Name',
      positional: true,
      keyword: 'as',
      optional: true,
      example: 'api-alerts',
      description: 'What to call it; the provider’s name when left out',
    },
    secret: { ...secretOption, description: 'The signing secret, where the provider makes it' },
    choices: {
      type: 'pairs',
      complete: 'choice',
      optional: true,
      long: true,
      example: 'header=x-signature',
      description: 'Settings of the provider',
    },
    delivery: deliveryOption,
    wait: { type: 'flag', optional: true, description: 'Name no provider: the first delivery shows who sends' },
    ask: { type: 'flag', optional: true, description: 'Fill in a form with what the provider has' },
  },
  asks: (options) => options.ask === 'true' || isNothingSaid(options) || isSchemeWanted(options),

  async run({ options, caller }, parts) {
    const { changes, providers, platforms, samples, clock, publicUrl, address } = parts;
    if (options.provider === undefined) {
      if (options.ask) return askForPending(options);
      const { choices, wait, ...others } = options;
      const isEmpty = Object.values(others).every((value) => value === undefined);
      if (isEmpty && !wait && Object.keys(choices ?? {}).length === 0) return askForProvider();
      return makePending(options, caller, parts);
    }
    const [providerName, provider] = await findProvider(options.provider, providers);
    if (
      isSchemeWanted({ ...options.choices, provider: providerName, secret: options.secret ?? options.delivery ?? '' })
    )
      return askForScheme(options);
    if (options.ask) return askForEndpoint(providerName, provider, options);
    const choices = checkProviderChoices(options.choices ?? {}, provider, ['secret', 'in', 'as', 'delivery']);
    const place = await findPlace(options.in, { caller, field: 'in' }, parts);
    const now = clock.now();
    const { origin, secret } = newSecret({ provider, options: choices, given: options.secret, now });
    const wanted = options.as && parseEndpointName(options.as, 'as');
    const base: Omit<Endpoint, 'name'> = {
      id: newId(),
      provider: providerName,
      token: newToken(),
      secrets: secret ? [secret] : [],
      options: choices,
      routes: [{ id: newId(), ...place }],
      owners: [personOf(caller)],
      createdAt: now.toISOString(),
    };
    const checked = options.delivery
      ? await checkBefore(options.delivery, { provider, options: choices, secret: secret?.value, base }, parts)
      : undefined;
    const endpoint = await changes.settings((current) => {
      if (wanted) checkNameIsFree(current, wanted, 'as');
      const made: Endpoint = { ...base, name: wanted || freeName(current, providerName) };
      return {
        change: {
          action: 'new',
          endpointId: made.id,
          detail: `made ${made.name} for ${providerName} to ${placeLabel(place)}`,
        },
        settings: { ...current, endpoints: [...current.endpoints, made] },
        result: made,
      };
    });
    const { id, name, routes, createdAt } = endpoint;
    const url = endpointUrl(publicUrl, endpoint);
    const reach = await describeReach(address);
    // A secret that the caller gave is not shown to them again.
    const made = options.secret === undefined ? secret?.value : undefined;

    const where = describePlace(place, caller, platforms);
    const awaiting = origin === 'theirs' && !secret;
    const secretLine = describeSecret({
      name,
      title: provider.title,
      secret: made,
      given: options.secret !== undefined,
      awaiting,
      givesSecret: provider.givesSecret ?? false,
    });
    return reply(
      [
        `${inlineCode(name)} is ready: ${escapeMarkdown(provider.title)} webhooks will be posted in ${escapeMarkdown(where)}.`,
        `**URL** ${inlineCode(url)}${secretLine}`,
        ...(checked ? [checked] : []),
        ...(providerName === OWN_SCHEME ? [`**Scheme** ${inlineCode(toTyped(choices))}`] : []),
        toSetupSteps(provider, { url, secret: made, awaiting, options: choices }),
        ...(provider.evidence === 'community'
          ? [
              `How ${escapeMarkdown(provider.title)} signs is known from others who receive it, not from its own documents: look at the first delivery with \`/webhook why\`.`,
            ]
          : []),
        ...(reach ? [reach.text] : []),
        'Keep the URL secret too: anybody who has it can try to deliver. Only you can see this message.',
      ].join('\n\n'),
      {
        severity: awaiting ? 'warning' : 'good',
        actions: [
          ...(awaiting
            ? [{ label: 'Give the secret', command: 'rotate', options: { endpoint: name }, style: 'primary' as const }]
            : testActions({ name, provider: providerName }, { samples }, 'primary')),
          ...toReachActions(reach, caller),
          { label: 'Show', command: 'show', options: { endpoint: name } },
          ...(/^https?:/.test(provider.docs) ? [{ label: `${provider.title} docs`, url: provider.docs }] : []),
        ],
        data: { endpoint: { id, name, provider: providerName, url, secret: made ?? null, routes, createdAt } },
      },
    );
  },
});

/** Whether somebody wants a scheme of their own and has not said which. */
function isSchemeWanted({
  provider,
  in: _in,
  as: _as,
  wait: _wait,
  ask: _ask,
  ...rest
}: Readonly<Record<string, string>>): boolean {
  return provider?.toLowerCase() === OWN_SCHEME && Object.values(rest).every((value) => value === '');
}

/** Whether somebody said nothing but `new`. */
function isNothingSaid(options: Readonly<Record<string, string>>): boolean {
  return Object.values(options).every((value) => value === '');
}

/** Throws `OptionError` with what is nearest where the endpoint would refuse a delivery that its maker pasted. */
async function checkBefore(
  text: string,
  {
    secret,
    base,
    ...scheme
  }: {
    readonly provider: Provider;
    readonly options: Readonly<Record<string, string>>;
    readonly secret: string | undefined;
    readonly base: Pick<Endpoint, 'token'>;
  },
  parts: CommandParts,
): Promise<Markdown> {
  const url = endpointUrl(parts.publicUrl, base);
  const deliveries = readPasted(text, parts, url);
  const checked = await checkDelivery(deliveries, { ...scheme, secrets: secret ? [secret] : [], url }, parts);
  if (checked.ok) return checked.text;
  throw new OptionError('delivery', `${checked.text} Nothing was made.`, { code: 'check_failed' });
}
