import { setImmediate } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { headsOf } from '../../../core/provider/heads.ts';
import { secretOrigin } from '../../../core/provider/provider.ts';
import { setupText } from '../../../core/provider/setup-text.ts';
import { byNameShape, nextNameShape, pageByName } from '../page-by-name.ts';
import type { ApiParts } from '../parts.ts';

const providerShape = z.object({
  name: z.string(),
  title: z.string(),
  aliases: z.array(z.string()).readonly(),
  signature: z.string().describe('How it signs, in words.'),
  evidence: z.enum(['vendor', 'community']).describe('How sure that is.'),
  secret: z.enum(['ours', 'theirs', 'none']).describe('Who makes the signing secret.'),
  handshake: z.boolean().describe('Whether it proves the URL before it delivers.'),
  samples: z
    .int()
    .describe('Samples of designed messages; none where it has the general layout and no template of its own.'),
  docs: z.string(),
});

/** The providers that Bellhop knows, and how each is set up. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { providers, samples }) => {
  app.get(
    '/providers',
    {
      schema: {
        operationId: 'listProviders',
        summary: 'List the providers that Bellhop knows, by name',
        querystring: byNameShape,
        response: { 200: z.object({ providers: z.array(providerShape), next: nextNameShape }) },
      },
    },
    async ({ query }) => {
      const { page, ...next } = pageByName(await headsOf(providers), ({ name }) => name, query);
      const found = [];
      for (const { name, title, aliases } of page) {
        const provider = providers.get(name);
        if (!provider) continue;
        found.push(toView(name, title, aliases));
        // Each is loaded for this: deliveries that arrive meanwhile do not wait for all of them.
        await setImmediate();
      }
      return { providers: found, ...next };
    },
  );

  app.get(
    '/providers/:name',
    {
      schema: {
        operationId: 'showProvider',
        summary: 'Show one provider, with the steps that set it up',
        params: z.object({ name: z.string() }),
        response: {
          200: providerShape.extend({
            setup: z.string().describe('Markdown; `{{url}}` and `{{secret}}` stand for those of an endpoint.'),
            secretForm: z.string().nullable().describe('The form of a secret that the provider makes.'),
            options: z.array(z.object({ name: z.string(), description: z.string() })),
          }),
        },
      },
    },
    async ({ params: { name } }) => {
      const provider = providers.get(name);
      if (!provider) throw notFound(`The provider \`${name}\``);
      return {
        ...toView(name, provider.title, provider.aliases ?? []),
        setup: setupText(provider),
        secretForm: provider.signature.secretForm?.({}).expected ?? null,
        options: Object.entries(provider.options ?? {}).map(([option, { description }]) => ({
          name: option,
          description,
        })),
      };
    },
  );

  function toView(name: string, title: string, aliases: readonly string[]) {
    const provider = providers.get(name);
    if (!provider) throw notFound(`The provider \`${name}\``);
    return {
      name,
      title,
      aliases,
      signature: provider.signature.kind,
      evidence: provider.evidence,
      secret: secretOrigin(provider, {}),
      handshake: provider.handshake !== undefined,
      samples: samples.of(name).size,
      docs: provider.docs,
    };
  }
};

export default routes;
