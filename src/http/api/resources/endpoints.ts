import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { parseDelivery } from '../../../core/delivery/parse-delivery.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { maskedUrl } from '../../../core/settings/endpoint-url.ts';
import { isPending, PENDING_TITLE, pendingUntil } from '../../../core/settings/pending.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { nextOf } from '../next-of.ts';
import { byNameShape, nextNameShape, pageByName } from '../page-by-name.ts';
import type { ApiParts } from '../parts.ts';
import { limitShape, nextShape, refusalShape } from '../shapes.ts';

const BODY_SHOWN = 4_000;

/** Endpoints as everybody may see them, and what they turned away. Never a secret or a token. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { settings, journal, providers, address }) => {
  app.get(
    '/endpoints',
    {
      schema: {
        operationId: 'listEndpoints',
        summary: 'Endpoints and their routes, by name',
        querystring: byNameShape,
        response: {
          200: z.object({
            endpoints: z.array(
              z.object({
                id: z.string(),
                name: z.string(),
                provider: z.string(),
                providerTitle: z.string(),
                url: z.string().describe('With the token masked.'),
                routes: z.array(
                  z.object({ id: z.string(), platform: z.string(), channel: z.string(), channelName: z.string() }),
                ),
                secrets: z.array(z.object({ id: z.string(), createdAt: z.string(), expiresAt: z.string().optional() })),
                options: z.record(z.string(), z.string()),
                owners: z.array(z.string()),
                createdAt: z.string(),
                pending: z
                  .object({ held: z.int(), until: z.string() })
                  .optional()
                  .describe(
                    'Where nobody has said yet who sends: how many deliveries it holds, and until when it waits.',
                  ),
              }),
            ),
            next: nextNameShape,
          }),
        },
      },
    },
    async ({ query }) => {
      const { page, ...next } = pageByName(settings.current.endpoints, ({ name }) => name, query);
      return { endpoints: await Promise.all(page.map(toView)), ...next };
    },
  );

  app.get(
    '/refusals',
    {
      schema: {
        operationId: 'listRefusals',
        summary: 'Deliveries that were turned away, newest first, with the reason',
        querystring: z.object({
          endpoint: z.string().optional().describe('Its name or id.'),
          before: z
            .string()
            .regex(/^\d{1,18}$/, 'must be the number of a refusal')
            .optional(),
          limit: limitShape(100, 50),
        }),
        response: { 200: z.object({ refusals: z.array(refusalShape), next: nextShape }) },
      },
    },
    async ({ query: { endpoint: name, before, limit } }) => {
      const endpoint = endpointNamed(name, settings.current);
      const refusals = await journal.refusals.list({
        limit,
        ...(before && { before }),
        ...(endpoint && { endpointId: endpoint.id }),
      });
      return {
        ...nextOf(refusals, limit),
        refusals: refusals.map(({ id, endpointId, at, reason, status, method, headers, body, remoteAddress }) => {
          const { format } = parseDelivery({
            method,
            url: '',
            headers,
            query: {},
            body,
            receivedAt: at,
            remoteAddress,
          });
          return {
            id,
            endpoint: settings.current.endpoints.find((known) => known.id === endpointId)?.name ?? 'deleted',
            at: at.toISOString(),
            reason,
            status,
            method,
            headers,
            remoteAddress,
            size: body.length,
            bodyText: format === 'binary' ? null : body.toString('utf8').slice(0, BODY_SHOWN),
          };
        }),
      };
    },
  );

  async function toView(endpoint: Endpoint) {
    const { id, name, provider, token, routes, secrets, options, owners, createdAt } = endpoint;
    const pending = isPending(endpoint) && {
      held: await journal.held.count(id),
      until: pendingUntil(endpoint).toISOString(),
    };
    return {
      id,
      name,
      provider,
      providerTitle: pending ? PENDING_TITLE : (providers.get(provider)?.title ?? provider),
      url: maskedUrl(address.url, { token }),
      routes: [...routes],
      secrets: secrets.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, ...(expiresAt && { expiresAt }) })),
      options: { ...options },
      owners: [...owners],
      createdAt,
      ...(pending && { pending }),
    };
  }
};

export default routes;
