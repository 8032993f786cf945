import { setImmediate } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import type { Sample } from '../../../core/provider/sample.ts';
import { previewDelivery } from '../../../relay/preview.ts';
import type { ApiParts } from '../parts.ts';
import { composedShape } from '../shapes.ts';
import { toDrawingView } from '../views.ts';

/** Every sample as each chat would be sent it: what a template makes of the delivery it was written against. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (
  app,
  { providers, samples, composer, settings, clock, draw },
) => {
  app.get(
    '/gallery',
    {
      schema: {
        operationId: 'showGallery',
        summary: 'Draw every sample without posting it',
        querystring: z.object({ provider: z.string().describe('Only the samples of this provider.').optional() }),
        response: {
          200: z.object({
            providers: z
              .array(z.object({ name: z.string(), title: z.string(), samples: z.int() }))
              .describe('Every provider that has samples, whatever the filter.'),
            samples: z.array(composedShape.extend({ provider: z.string(), sample: z.string() })),
          }),
        },
      },
    },
    async ({ query: { provider: wanted } }) => {
      if (wanted && !providers.has(wanted)) throw notFound(`The provider \`${wanted}\``);
      const shown = [...providers.keys()].filter((name) => samples.of(name).size > 0);
      const drawn = [];
      for (const name of shown.filter((each) => !wanted || each === wanted)) {
        for (const sample of samples.of(name).values()) {
          drawn.push(drawSample(sample));
          // Deliveries that arrive meanwhile do not wait for all of them.
          await setImmediate();
        }
      }
      return {
        providers: shown.map((name) => ({
          name,
          title: providers.get(name)?.title ?? name,
          samples: samples.of(name).size,
        })),
        samples: drawn,
      };
    },
  );

  function drawSample({ provider: name, type: sample, method, headers, body }: Sample) {
    const delivery = { method, url: '', headers, query: {}, body, receivedAt: clock.now(), remoteAddress: '' };
    const parts = { name, provider: providers.get(name), composer, settings: settings.current };
    const { type, message, template, problems } = previewDelivery(delivery, parts);
    return {
      provider: name,
      sample,
      type,
      template,
      problems: [...problems],
      ...toDrawingView(draw(message), message),
    };
  }
};

export default routes;
