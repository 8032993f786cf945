import { AppError, badRequest, notFound } from '../core/errors.ts';
import { toFreshDelivery } from '../core/provider/fresh-delivery.ts';
import { activeSecrets } from '../core/settings/endpoint.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { defineVerb } from './shared/verb.ts';

const TIMEOUT = 10_000;

export default defineVerb({
  summary: 'Send a sample to an endpoint, signed for real',
  usage: '<endpoint> <provider>/<sample>',
  options: { public: { type: 'boolean' } },
  optionHelp: { public: 'go through PUBLIC_URL instead of this machine’s own port' },
  async run({ positionals: [name, wanted], values }, { place, open, print }) {
    if (!name || !wanted)
      throw badRequest('Name the endpoint and the sample, such as `bellhop send github github/push`.');
    const { providers, samples, settings } = await open();
    const endpoint = findEndpoint(await settings(), name);
    const [providerName = '', type = ''] = wanted.includes('/') ? wanted.split(/\/(.*)/s) : [endpoint.provider, wanted];
    const provider = providers.get(endpoint.provider);
    const known = samples.of(providerName);
    const sample = known.get(type);
    if (!provider || !sample)
      throw notFound(
        `The sample \`${wanted}\``,
        `\`${providerName}\` has: ${[...known.keys()].join(', ') || 'none'}.${didYouMean(type, known.keys())}`,
      );

    const url = `${values.public ? place.publicUrl : place.localUrl}/in/${endpoint.token}`;
    const secret = activeSecrets(endpoint, new Date()).at(-1)?.value;
    const context = { url: `${place.publicUrl}/in/${endpoint.token}`, options: endpoint.options };
    const { method, headers, body } = toFreshDelivery({ sample, provider, secret, context, now: new Date() });
    const before = performance.now();
    const response = await fetch(url, {
      method,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')])),
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((cause: unknown) => {
      throw new AppError(
        503,
        'no_answer',
        `Nothing answers at ${new URL(url).origin}. Start Bellhop with \`npm start\`.`,
        { cause },
      );
    });
    print(`${response.status} ${await response.text()} (${Math.round(performance.now() - before)} ms)`);
    return response.ok ? 0 : 1;
  },
});
