import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { endpointNamed } from '../endpoint-named.ts';
import { nextOf } from '../next-of.ts';
import type { ApiParts } from '../parts.ts';
import { auditShape, limitShape, nextShape } from '../shapes.ts';

/** Who changed what, when and from where. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { journal, settings }) => {
  app.get(
    '/audit',
    {
      schema: {
        operationId: 'listAudit',
        summary: 'Changes that people made, newest first',
        querystring: z.object({
          endpoint: z.string().optional().describe('Its name or id.'),
          before: z
            .string()
            .regex(/^\d{1,18}$/, 'must be the number of an entry')
            .optional(),
          limit: limitShape(200, 50),
        }),
        response: { 200: z.object({ entries: z.array(auditShape), next: nextShape }) },
      },
    },
    async ({ query: { endpoint: name, before, limit } }) => {
      const endpoint = endpointNamed(name, settings.current);
      const entries = await journal.audit.list({
        limit,
        ...(endpoint && { endpointId: endpoint.id }),
        ...(before !== undefined && { before }),
      });
      return {
        entries: entries.map(({ id, at, by, byName, from, action, endpointId, detail, before, after }) => ({
          id,
          at: at.toISOString(),
          by,
          byName,
          from: from ?? null,
          action,
          endpoint: endpointId
            ? (settings.current.endpoints.find((known) => known.id === endpointId)?.name ?? 'deleted')
            : null,
          detail,
          before: before ?? null,
          after: after ?? null,
        })),
        ...nextOf(entries, limit),
      };
    },
  );
};

export default routes;
