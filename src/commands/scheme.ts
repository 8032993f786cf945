import { hash } from 'node:crypto';
import { type CommandParts, defineCommand, type Reply } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../core/message/message.ts';
import type { Provider } from '../core/provider/provider.ts';
import { activeSecrets, type Endpoint, type Secret } from '../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { endpointUrl } from '../core/settings/endpoint-url.ts';
import { newId } from '../core/settings/ids.ts';
import { isPending } from '../core/settings/pending.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { newSecret, secretOption } from './shared/new-secret.ts';
import { checkProviderChoices } from './shared/provider-choices.ts';
import { providerOf } from './shared/provider-of.ts';
import { checkDelivery } from './shared/scheme/check.ts';
import { toTyped } from './shared/scheme/describe-finding.ts';
import { deliveryOption, readPasted } from './shared/scheme/pasted.ts';

type Options = Readonly<Record<string, string>>;

/** As many as `rotate` lets an endpoint have. */
const MOST_SECRETS = 5;
/** What takes an option back. */
const LEFT_OUT = 'default';

export default defineCommand({
  summary: 'Show, check or change how the deliveries of an endpoint prove who sent them',
  help: `Every \`name=value\` changes one option of the scheme, and \`name=${LEFT_OUT}\` takes one back. \`/webhook providers custom\` lists the options of a custom endpoint.
With \`delivery=\`, a delivery that you paste, it first says whether the scheme accepts that, or what is nearest; nothing is changed to a scheme that refuses it.`,
  examples: ['/webhook scheme acme', '/webhook scheme acme encoding=base64', '/webhook scheme acme change'],
  aliases: ['edit'],
  clicked: true,
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    choices: {
      type: 'pairs',
      complete: 'choice',
      optional: true,
      long: true,
      label: 'Scheme',
      example: 'header=x-signature message={time}.{body}',
      description: 'Options of the scheme, each as name=value',
    },
    secret: { ...secretOption, description: 'Another secret, to be valid from now on' },
    delivery: deliveryOption,
    change: { type: 'flag', optional: true, description: 'Open a form with the scheme as it is' },
    whole: { type: 'flag', optional: true, description: 'Take back all options that are not given' },
    found: { type: 'string', optional: true, description: 'What `/webhook identify` found, as its button says' },
    version: { type: 'string', optional: true, description: 'What a change began with; forms fill it in' },
  },
  asks: ({ change }) => change === 'true',

  async run({ options, caller }, parts) {
    const endpoint = await parts.view.find(options.endpoint);
    if (options.found) return useFound(endpoint, options.found, caller, parts);
    const provider = providerOf(endpoint, parts.providers);
    if (options.change) return askForScheme(endpoint);
    const given = options.choices ?? {};
    if (options.version !== undefined && options.version !== versionOf(endpoint)) throw changedMeanwhile(endpoint);
    const isChange = Object.keys(given).length > 0 || options.secret !== undefined;
    if (!isChange && !options.delivery) return showScheme(endpoint, provider);

    const chosen = checkProviderChoices(merged(options.whole ? {} : endpoint.options, given), provider, [
      'secret',
      'delivery',
    ]);
    const now = parts.clock.now();
    const secret = options.secret
      ? newSecret({ provider, options: chosen, given: options.secret, now }).secret
      : undefined;
    const checked = options.delivery
      ? await checkPasted(options.delivery, { endpoint, provider, options: chosen, secret }, parts)
      : undefined;
    if (checked && !checked.ok && isChange) throw new OptionError('delivery', `${checked.text} Nothing was changed.`);
    if (!isChange)
      return reply(checked?.text ?? '', {
        title: checked?.ok ? 'Accepted' : 'Refused',
        severity: checked?.ok ? 'good' : 'warning',
        actions: [changeAction(endpoint)],
        data: { accepted: checked?.ok ?? false },
      });
    const changed = await setScheme(endpoint, { provider: endpoint.provider, options: chosen, secret }, parts);
    return describeChange(changed, provider, checked?.text);
  },
});

/** Names how an endpoint verifies: whoever changes it says what they began with. */
function versionOf({ provider, options }: Endpoint): string {
  return hash('sha256', JSON.stringify([provider, Object.entries(options).toSorted()])).slice(0, 12);
}

function changedMeanwhile({ name }: Endpoint): AppError {
  return new AppError(
    409,
    'changed_meanwhile',
    `Somebody else changed how deliveries of \`${name}\` are verified since you began, so nothing was changed. Look at \`/webhook scheme ${name}\`, then change it again.`,
  );
}

/** Options with others in their place; those that are taken back are left out. */
function merged(before: Options, given: Options): Options {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== LEFT_OUT));
}

async function checkPasted(
  text: string,
  {
    endpoint,
    provider,
    options,
    secret,
  }: {
    readonly endpoint: Endpoint;
    readonly provider: Provider;
    readonly options: Options;
    readonly secret: Secret | undefined;
  },
  parts: CommandParts,
) {
  const url = endpointUrl(parts.publicUrl, endpoint);
  const active = activeSecrets(endpoint, parts.clock.now()).map(({ value }) => value);
  const secrets = [...(secret ? [secret.value] : []), ...active];
  return checkDelivery(readPasted(text, parts, url), { provider, options, secrets, url }, parts);
}

/** Sets an endpoint to what was found. The sender is the same as before, so its URL, channels and history stay. */
async function useFound(endpoint: Endpoint, found: string, caller: Caller, parts: CommandParts): Promise<Reply> {
  // What it holds would stay behind; `sender` takes that in.
  if (isPending(endpoint)) providerOf(endpoint, parts.providers);
  const proposal = await parts.schemes.proposed(found, caller);
  if (proposal?.endpointId !== endpoint.id)
    throw new AppError(
      410,
      'proposal_gone',
      `What was found for \`${endpoint.name}\` is no longer at hand. \`/webhook identify ${endpoint.name}\` finds it again.`,
    );
  const provider = providerOf({ ...endpoint, provider: proposal.provider }, parts.providers);
  const value = proposal.secret;
  const isNew = value !== undefined && !endpoint.secrets.some((known) => known.value === value);
  const now = parts.clock.now().toISOString();
  const secret = isNew ? { id: newId(), value, createdAt: now } : undefined;
  return describeChange(await setScheme(endpoint, { ...proposal, secret }, parts), provider, undefined);
}

async function setScheme(
  known: Endpoint,
  {
    provider,
    options,
    secret,
  }: { readonly provider: string; readonly options: Options; readonly secret: Secret | undefined },
  { changes, clock }: CommandParts,
): Promise<Endpoint> {
  return changes.settings((current) => {
    const endpoint = endpointNow(current, known);
    if (versionOf(endpoint) !== versionOf(known)) throw changedMeanwhile(endpoint);
    const active = activeSecrets(endpoint, clock.now());
    if (secret && active.length >= MOST_SECRETS)
      throw new AppError(
        409,
        'too_many_secrets',
        `\`${endpoint.name}\` has ${active.length} valid secrets already, which is the most. Retire some with \`/webhook rotate ${endpoint.name} grace 0s\`.`,
      );
    const changed: Endpoint = {
      ...endpoint,
      provider,
      options,
      secrets: secret && !active.some(({ value }) => value === secret.value) ? [...active, secret] : endpoint.secrets,
    };
    return {
      change: {
        action: 'scheme',
        endpointId: endpoint.id,
        detail: `set how deliveries of ${endpoint.name} are verified${secret ? ', and gave a secret' : ''}`,
        before: `${endpoint.provider} ${toTyped(endpoint.options)}`.trim(),
        after: `${provider} ${toTyped(options)}`.trim(),
      },
      settings: withEndpoint(current, changed),
      result: changed,
    };
  });
}

function describeChange(
  { id, name, provider: providerName, options }: Endpoint,
  provider: Provider,
  checked: Markdown | undefined,
): Reply {
  const set = Object.keys(options).length ? ` with ${inlineCode(toTyped(options))}` : '';
  const lines = [
    `${inlineCode(name)} takes deliveries of ${escapeMarkdown(provider.title)}${set} from now on. Its URL and channels stay as they are.`,
    checked,
    'Deliveries that were refused before are not taken by this: have the sender deliver them again.',
  ];
  return reply(lines.filter((line) => line).join('\n\n'), {
    severity: 'good',
    actions: [{ label: 'Show', command: 'show', options: { endpoint: name } }],
    data: { endpoint: { id, name, provider: providerName, options } },
  });
}

function showScheme({ name, options, provider: providerName }: Endpoint, provider: Provider): Reply {
  const entries = Object.entries(options);
  const described = entries.map(
    ([option, value]) =>
      `- ${inlineCode(`${option}=${value}`)} ${escapeMarkdown(firstPart(provider.options?.[option]?.description ?? ''))}`,
  );
  const unused = Object.keys(provider.options ?? {}).filter((option) => !Object.hasOwn(options, option));
  const lines = [
    `${inlineCode(name)} takes deliveries of ${escapeMarkdown(provider.title)}${entries.length ? ', set with' : '. Nothing is chosen.'}`,
    described.join('\n'),
    unused.length ? `It could also have ${unused.map((option) => inlineCode(`${option}=`)).join(' ')}.` : undefined,
  ];
  return reply(lines.filter((line) => line).join('\n\n'), {
    title: `How ${name} is verified`,
    actions: [
      ...(provider.options ? [changeAction({ name })] : []),
      { label: 'Find the scheme', command: 'identify', options: { event: name } },
    ],
    data: { provider: providerName, options },
  });
}

function firstPart(description: string): string {
  return description.split(/[;:]/)[0] ?? '';
}

function changeAction({ name }: Pick<Endpoint, 'name'>) {
  return { label: 'Change', command: 'scheme', options: { endpoint: name, change: 'true' } };
}

function askForScheme(endpoint: Endpoint): Reply {
  const { name, options } = endpoint;
  return reply(`Change the scheme of ${inlineCode(name)}, and check it with a delivery.`, {
    form: {
      command: 'scheme',
      title: 'How it is verified',
      ask: ['choices', 'secret', 'delivery'],
      options: { endpoint: name, choices: toTyped(options), whole: 'true', version: versionOf(endpoint) },
      submit: 'Save',
    },
    data: { code: 'missing_option', field: 'choices' },
  });
}
