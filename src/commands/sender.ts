import { type CommandParts, defineCommand, type Reply } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { endpointUrl } from '../core/settings/endpoint-url.ts';
import { isPending } from '../core/settings/pending.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { secretOption } from './shared/new-secret.ts';
import { heldActions } from './shared/pending/actions.ts';
import { findProvider } from './shared/pending/find-provider.ts';
import { checkPending, nameSender, settleHeld } from './shared/pending/name-sender.ts';
import { propose } from './shared/pending/propose.ts';
import { describeScheme, describeTwist, describeUnmatched } from './shared/scheme/describe-finding.ts';

export default defineCommand({
  summary: 'Say who sends to an endpoint that waits for its first delivery',
  help: `An endpoint that was made without a provider holds what comes. This shows who it looks like and what its message would be; with a provider it takes what is held as that provider’s.
What is held is verified with the secret. What cannot be is posted only with \`held=post\`, marked as not verified, or thrown away with \`held=discard\`.
With \`secret=\` and no provider, Bellhop finds the scheme that signed the held delivery.`,
  examples: [
    '/webhook sender incoming',
    '/webhook sender incoming github',
    '/webhook sender incoming stripe secret=whsec_…',
  ],
  aliases: ['recognize', 'recognise'],
  clicked: true,
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    provider: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'provider',
      example: 'github',
      description: 'Who sends the webhooks',
    },
    secret: { ...secretOption, description: 'The signing secret, where the provider makes it' },
    choices: {
      type: 'pairs',
      optional: true,
      long: true,
      example: 'header=x-signature',
      description: 'Settings of the provider',
    },
    held: {
      type: 'string',
      optional: true,
      choices: ['post', 'discard'],
      description: 'Post what could not be verified, or throw it away',
    },
    ask: { type: 'flag', optional: true, description: 'Ask for the secret in a form' },
    other: { type: 'flag', optional: true, description: 'Choose the provider in a form' },
    found: { type: 'string', optional: true, description: 'What was found, as its button says' },
  },
  asks: ({ ask, other, secret, provider }) => (ask === 'true' && !secret) || (other === 'true' && !provider && !secret),

  async run({ options, caller }, parts) {
    const { view, providers, schemes } = parts;
    const endpoint = await view.find(options.endpoint);
    if (options.held) return settleHeld(endpoint, options.held === 'post' ? 'post' : 'discard', parts);
    if (!isPending(endpoint)) return describeRest(endpoint, parts);
    const choices = options.choices ?? {};
    if (options.found) {
      const proposal = await schemes.proposed(options.found, caller);
      const provider = proposal && providers.get(proposal.provider);
      if (!provider || proposal.endpointId !== endpoint.id)
        throw new AppError(
          410,
          'proposal_gone',
          `What was found for \`${endpoint.name}\` is no longer at hand. \`/webhook sender ${endpoint.name} secret=…\` finds it again.`,
        );
      const named = { name: proposal.provider, provider, choices: proposal.options, secret: proposal.secret };
      return nameSender(endpoint, named, parts);
    }
    if (options.provider !== undefined) {
      const [name, provider] = await findProvider(options.provider, providers);
      return nameSender(endpoint, { name, provider, choices, secret: options.secret }, parts);
    }
    if (options.secret !== undefined) return findScheme(endpoint, options.secret, caller, parts);
    return options.other ? askForOther(endpoint) : propose(endpoint, parts);
  },
});

/** Of an endpoint whose sender is known, what could not be verified and is still held. */
async function describeRest(endpoint: Endpoint, { pending }: CommandParts): Promise<Reply> {
  const held = await pending.count(endpoint.id);
  if (held === 0) checkPending(endpoint);
  return reply(
    `${inlineCode(endpoint.name)} still holds ${held === 1 ? 'one request' : `${held} requests`} from before its sender was named, not verified.`,
    { actions: heldActions(endpoint, held), data: { held } },
  );
}

function askForOther({ name }: Endpoint): Reply {
  return reply(
    `Say who sends to ${inlineCode(name)}: ${inlineCode(`/webhook sender ${name} github`)}. ${inlineCode('generic')} takes anything. With the secret alone, Bellhop finds the scheme.`,
    {
      form: {
        command: 'sender',
        title: 'Who sends it?',
        ask: ['provider', 'secret', 'choices'],
        options: { endpoint: name },
        submit: 'Confirm',
      },
      data: { code: 'missing_option', field: 'provider' },
    },
  );
}

/** Finds by which scheme a secret signed what is held. */
async function findScheme(endpoint: Endpoint, secret: string, caller: Caller, parts: CommandParts): Promise<Reply> {
  const { pending, schemes, publicUrl } = parts;
  const delivery = await pending.first(endpoint.id);
  if (!delivery)
    throw new AppError(
      409,
      'nothing_held',
      `Nothing has come to \`${endpoint.name}\` yet, so there is nothing to try a secret on.`,
    );
  const finding = await schemes.find({ delivery, secrets: [secret], url: endpointUrl(publicUrl, endpoint) });
  const [best] = finding.found;
  if (!best)
    return reply(describeUnmatched(finding, 1), {
      title: 'No scheme matches',
      severity: 'warning',
      actions: [{ label: 'Something else', command: 'sender', options: { endpoint: endpoint.name, other: 'true' } }],
      data: { code: 'no_match' },
    });
  const { provider, title, options, twist } = best;
  const found = schemes.propose({ endpointId: endpoint.id, provider, options, secret }, caller);
  return reply([describeScheme(best), ...(twist ? [describeTwist(twist)] : [])].join('\n\n'), {
    title: twist ? 'Nearly the right scheme' : 'The scheme is found',
    severity: twist ? 'warning' : 'good',
    actions: twist
      ? []
      : [
          {
            label: `It is ${title}`,
            command: 'sender',
            options: { endpoint: endpoint.name, found },
            style: 'primary',
          },
        ],
    data: { found: { provider, options } },
  });
}
