import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import type { ApiParts } from '../parts.ts';
import { limitShape } from '../shapes.ts';

/** Every change: who, what, when, from where, and what stood there before. */
export const auditRoutes: FastifyPluginAsyncZod<ApiParts> = async (app, { settings, journal }) => {
  app.get(
    '/audit',
    {
      schema: {
        operationId: 'listAudit',
        summary: 'Who changed what, when and from where, newest first',
        querystring: z.object({
          endpoint: z.string().optional(),
          before: z
            .string()
            .regex(/^\d{1,15}$/, 'must be the id of an entry')
            .optional(),
          limit: limitShape(200, 50),
        }),
        response: {
          200: z.object({
            entries: z.array(
              z.object({
                id: z.string(),
                at: z.iso.datetime(),
                by: z.string().describe('`platform:user`, or `bellhop`.'),
                byName: z.string(),
                from: z.string().nullable().describe('Where it was asked for.'),
                action: z.string(),
                endpoint: z.string().nullable(),
                detail: z.string(),
                before: z.string().nullable(),
                after: z.string().nullable(),
              }),
            ),
            next: z.string().optional().describe('Give it as `before` to see older ones.'),
          }),
        },
      },
    },
    async ({ query: { endpoint: name, before, limit } }) => {
      const { endpoints } = settings.current;
      const endpoint = endpoints.find((known) => known.name === name);
      if (name && !endpoint) throw notFound(`The endpoint \`${name}\``);
      const entries = await journal.audit.list({
        limit,
        ...(before && { before }),
        ...(endpoint && { endpointId: endpoint.id }),
      });
      const last = entries.at(-1);
      return {
        entries: entries.map((entry) => ({
          id: entry.id,
          at: entry.at.toISOString(),
          by: entry.by,
          byName: entry.byName,
          from: entry.from ?? null,
          action: entry.action,
          endpoint: endpoints.find(({ id }) => id === entry.endpointId)?.name ?? null,
          detail: entry.detail,
          before: entry.before ?? null,
          after: entry.after ?? null,
        })),
        ...(entries.length === limit && last && { next: last.id }),
      };
    },
  );
};
