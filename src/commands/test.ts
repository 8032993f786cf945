import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { quoted } from '../core/message/markdown/inline-code.ts';
import { type Provider, secretOrigin } from '../core/provider/provider.ts';
import type { Sample } from '../core/provider/sample.ts';
import { describeReach } from '../core/settings/describe-reach.ts';
import { activeSecrets } from '../core/settings/endpoint.ts';
import { describeDuration } from '../core/text/duration.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { providerOf } from './shared/provider-of.ts';
import { toReachActions } from './shared/reach-actions.ts';
import { tryEndpoint } from './shared/try-endpoint.ts';

export default defineCommand({
  summary: 'Send a sample, signed for real, through the public URL, and report each step',
  help: 'The sample goes the whole way: DNS, proxy, signature, journal, decision, channel. It is posted like any other event.',
  examples: ['/webhook test api-alerts', '/webhook test api-alerts push'],
  place: 2,
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    type: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'sample',
      example: 'push',
      description: 'Which sample; the most typical one when left out',
    },
  },

  async run({ options, caller }, parts) {
    const { view, changes, providers, samples, clock, address } = parts;
    const endpoint = await view.find(options.endpoint);
    const provider = providerOf(endpoint, providers);
    const sample = chooseSample(samples.of(endpoint.provider), options.type, provider);
    const secret = activeSecrets(endpoint, clock.now()).at(-1)?.value;
    if (secret === undefined && secretOrigin(provider, endpoint.options) !== 'none')
      throw new AppError(
        409,
        'secret_missing',
        `\`${endpoint.name}\` has no secret yet, so every delivery is refused. Give the secret with \`/webhook rotate ${endpoint.name} secret=…\`.`,
      );

    const { steps, event } = await changes.record(
      { action: 'test', endpointId: endpoint.id, detail: `sent the sample ${sample.type} to ${endpoint.name}` },
      () => tryEndpoint({ endpoint, provider, sample, secret, caller }, parts),
    );
    const reach = await describeReach(address);
    const worked = steps.every(({ ok }) => ok);
    return reply(
      [
        steps.map(({ ok, text, after }) => `- ${ok ? '✅' : '❌'} ${text} (${describeDuration(after)})`).join('\n'),
        ...(reach ? [reach.text] : []),
      ].join('\n\n'),
      {
        title: worked ? `${endpoint.name} works` : `${endpoint.name} does not work yet`,
        severity: worked ? 'good' : 'warning',
        actions: [
          ...toReachActions(reach, caller),
          ...(event ? [{ label: 'Why', command: 'why', options: { event: event.id } }] : []),
          ...(worked
            ? []
            : [{ label: 'Try again', command: 'test', options: { endpoint: endpoint.name, type: sample.type } }]),
        ],
        data: { ok: worked, steps, ...(worked ? {} : { code: 'test_failed' }), ...(event && { eventId: event.id }) },
      },
    );
  },
});

function chooseSample(
  samples: ReadonlyMap<string, Sample>,
  type: string | undefined,
  { title, sample: best = '' }: Provider,
): Sample {
  const found = type === undefined ? (samples.get(best) ?? samples.values().next().value) : samples.get(type);
  if (found) return found;
  if (!samples.size)
    throw new AppError(
      404,
      'no_sample',
      `There is no sample for ${title}. Have it send a webhook itself; \`/webhook why\` says what happened to it.`,
    );
  const types = Array.from(samples.keys(), (name) => `\`${name}\``).join(', ');
  throw new OptionError(
    'type',
    `There is no sample ${quoted(type ?? '')} for ${title}.${didYouMean(type ?? '', samples.keys())} It can be ${types}.`,
    { code: 'not_found', status: 404 },
  );
}
