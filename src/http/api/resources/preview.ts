import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toJson } from '../../../core/delivery/to-json.ts';
import { notFound } from '../../../core/errors.ts';
import { densities, notifyLevels } from '../../../core/message/density.ts';
import { firstEvent } from '../../../core/provider/name-batch.ts';
import { previewDelivery } from '../../../relay/preview.ts';
import type { ApiParts } from '../parts.ts';
import { aboutShape, composedShape } from '../shapes.ts';
import { toDrawingView } from '../views.ts';

/** What a delivery would look like in each chat, byte for byte, without keeping or posting it. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { providers, composer, settings, clock, draw }) => {
  app.post(
    '/preview',
    {
      schema: {
        operationId: 'preview',
        summary: 'Draw a delivery without posting it',
        body: z
          .object({
            provider: z.string(),
            type: z.string().optional(),
            headers: z.record(z.string(), z.string()).default({}),
            payload: z.unknown().describe('JSON, as the provider sends it.').optional(),
            body: z.string().describe('The body as text, in place of `payload`.').optional(),
            contentType: z.string().optional(),
            template: z.string().describe('A template to try in place of the one that would be used.').optional(),
            density: z.enum(densities).describe('How much of it a route would show.').optional(),
            notify: z.enum(notifyLevels).describe('When a route would notify phones.').optional(),
          })
          .meta({ examples: [{ provider: 'generic', payload: { title: 'It works' } }] }),
        response: {
          200: composedShape.extend({
            about: aboutShape,
            of: z
              .int()
              .optional()
              .describe('How many events the delivery holds, where it holds several. The first is shown.'),
          }),
        },
      },
    },
    async ({ body: { provider: name, type, headers, payload, body, contentType, template, density, notify } }) => {
      const provider = providers.get(name);
      if (!provider) throw notFound(`The provider \`${name}\``, 'Any sender can use `generic`.');
      const lowered = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
      const delivery = {
        method: 'POST',
        url: '',
        headers: { 'content-type': contentType ?? 'application/json', ...lowered },
        query: {},
        body: Buffer.from(body ?? (payload === undefined ? '' : toJson(payload))),
        receivedAt: clock.now(),
        remoteAddress: '',
      };
      const { delivery: first, of } = firstEvent(delivery, provider);
      const { about, message, problems, ...preview } = previewDelivery(first, {
        name,
        provider,
        composer,
        settings: settings.current,
        ...(type !== undefined && { type }),
        ...(template !== undefined && { template }),
        density,
        notify,
      });
      return {
        type: preview.type,
        about: { ...about, ...(about.labels && { labels: { ...about.labels } }) },
        ...toDrawingView(draw(message), message),
        template: preview.template,
        problems: [...problems],
        ...(of > 1 && { of }),
      };
    },
  );
};

export default routes;
