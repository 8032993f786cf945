import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { parseDelivery } from '../../core/body.ts';
import { notFound } from '../../core/errors.ts';
import type { HookEvent } from '../../core/event.ts';
import { readEvent } from '../../relay/read-event.ts';
import type { ApiParts } from './parts.ts';
import { aboutShape, messageShape } from './shapes.ts';

/** What a delivery would look like in each chat, byte for byte, without keeping or posting it. */
export const previewRoutes: FastifyPluginAsyncZod<ApiParts> = async (
  app,
  { providers, composer, settings, clock, draw },
) => {
  app.post(
    '/preview',
    {
      schema: {
        summary: 'Draw a delivery without posting it',
        body: z.object({
          provider: z.string(),
          type: z.string().optional(),
          headers: z.record(z.string(), z.string()).default({}),
          payload: z.unknown().describe('JSON, as the provider sends it.').optional(),
          body: z.string().describe('The body as text, in place of `payload`.').optional(),
          contentType: z.string().optional(),
          template: z.string().describe('A template to try in place of the one that would be used.').optional(),
        }),
        response: {
          200: z.object({
            type: z.string(),
            about: aboutShape,
            message: messageShape,
            text: z.string(),
            slack: z.unknown(),
            discord: z.unknown(),
            template: z.string(),
            problems: z.array(z.unknown()),
          }),
        },
      },
    },
    async ({ body: { provider: name, type, headers, payload, body, contentType, template } }) => {
      const provider = providers.get(name);
      if (!provider) throw notFound(`The provider \`${name}\``, 'Any sender can use `generic`.');
      const lowered = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
      const delivery = {
        method: 'POST',
        url: '',
        headers: { 'content-type': contentType ?? 'application/json', ...lowered },
        query: {},
        body: Buffer.from(body ?? (payload === undefined ? '' : JSON.stringify(payload))),
        receivedAt: clock.now(),
        remoteAddress: '',
      };
      const event: HookEvent = {
        ...delivery,
        id: '0',
        endpointId: 'preview',
        provider: name,
        type: type ?? provider.eventType(parseDelivery(delivery)) ?? 'unknown',
        deliveryId: 'preview',
        verification: { secretId: 'preview' },
      };
      const { incoming, about } = readEvent(event, provider);
      const composed = composer.compose({
        event: incoming,
        about,
        providerName: name,
        providerTitle: provider.title,
        endpointName: 'preview',
        endpointId: 'preview',
        verified: true,
        overrides:
          template === undefined
            ? settings.current.templates.filter(({ endpointId }) => !endpointId)
            : [{ provider: name, type: event.type, source: template }],
        people: settings.current.people,
      });
      return {
        type: event.type,
        about: { ...about, ...(about.labels && { labels: { ...about.labels } }) },
        message: { ...composed.message },
        ...draw(composed.message),
        template: composed.template,
        problems: [...composed.problems],
      };
    },
  );
};
