import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiParts } from '../parts.ts';

/** What happens, while it happens. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { live }) => {
  app.get(
    '/live',
    {
      // The answer to HEAD would have to end, and this one stays open.
      exposeHeadRoute: false,
      schema: {
        operationId: 'listen',
        summary: 'Server-sent events: `message` and `event`',
        description:
          'Begins with `hello`, whose `resumed` says whether all is sent that followed the id in `Last-Event-ID`; otherwise something may be missing, and is to be loaded. `beat` comes every 20 seconds.',
        querystring: z.object({
          last: z
            .string()
            .max(100)
            .optional()
            .describe('The last id that came, for whoever cannot send `Last-Event-ID`.'),
        }),
        response: {
          200: {
            description: 'Stays open. `message` carries a message of a channel, `event` the state of an event.',
            content: { 'text/event-stream': { schema: z.string().describe('Each with JSON as its data.') } },
          },
        },
      },
    },
    async ({ headers, query }, reply) => {
      const given = headers['last-event-id'] ?? query.last;
      reply.hijack();
      live.open(reply.raw, typeof given === 'string' ? given : undefined);
    },
  );
};

export default routes;
