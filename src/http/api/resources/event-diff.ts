import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { comparePayloads } from '../../../core/event/difference/compare-payloads.ts';
import { differenceLine } from '../../../core/event/difference/difference-lines.ts';
import { findEarlier } from '../../../core/event/difference/earlier-event.ts';
import type { ApiParts } from '../parts.ts';
import { eventIdShape, eventShape } from '../shapes.ts';
import { toEventView } from '../views.ts';

const differenceShape = z.object({
  path: z.string(),
  kind: z.enum(['removed', 'added', 'retyped', 'changed']),
  line: z.string().describe('The difference as text: `~ action: "opened" → "closed"`.'),
});

/** Where the payloads of two events differ, with secrets masked. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { journal, settings, relay }) => {
  app.get(
    '/events/:id/diff',
    {
      schema: {
        operationId: 'diffEvent',
        summary: 'Where an event’s payload differs from another’s, with secrets masked',
        params: z.object({ id: eventIdShape }),
        querystring: z.object({
          other: eventIdShape
            .optional()
            .describe(
              'The event to compare it with; the last before it of the same subject, else type, when left out.',
            ),
        }),
        response: {
          200: z.object({
            other: eventShape.nullable().describe('Nothing where there is no earlier event.'),
            differences: z.array(differenceShape),
            partial: z.boolean().describe('Whether there may be more.'),
          }),
        },
      },
    },
    async ({ params, query }) => {
      const event = await journal.events.get(params.id);
      if (!event) throw notFound(`Event \`${params.id}\``);
      const otherId = query.other ?? (await findEarlier(event, journal.events))?.id;
      const other = otherId === undefined ? undefined : await journal.events.get(otherId);
      if (query.other !== undefined && !other) throw notFound(`Event \`${query.other}\``);
      if (!other) return { other: null, differences: [], partial: false };
      const [before, after] = Number(other.id) < Number(event.id) ? [other, event] : [event, other];
      const { found, partial } = await comparePayloads(before, after, relay);
      const differences = found.map((each) => ({ path: each.path, kind: each.kind, line: differenceLine(each) }));
      return { other: toEventView(other, settings.current), differences, partial };
    },
  );
};

export default routes;
