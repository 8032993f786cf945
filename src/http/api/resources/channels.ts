import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nextOf } from '../next-of.ts';
import { byNameShape, nextNameShape, pageByName } from '../page-by-name.ts';
import type { ApiParts } from '../parts.ts';
import { channelMessageShape, limitShape, nextShape } from '../shapes.ts';
import { toMessageView } from '../views.ts';

/** Channels of the local platform, and what happens in them. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { journal, settings, local, draw, live }) => {
  app.get(
    '/channels',
    {
      schema: {
        operationId: 'listChannels',
        summary: 'Channels that hold a message or that a route leads to, by name',
        querystring: byNameShape,
        response: {
          200: z.object({
            channels: z.array(z.object({ name: z.string(), lastAt: z.iso.datetime().nullable() })),
            next: nextNameShape,
          }),
        },
      },
    },
    async ({ query }) => {
      const routed = settings.current.endpoints.flatMap(({ routes }) =>
        routes.filter(({ platform }) => platform === local.name).map(({ channel }) => channel),
      );
      const names = new Set(['general', ...routed, ...(await journal.messages.channels())]);
      const { page, ...next } = pageByName([...names], (name) => name, query);
      const channels = await Promise.all(
        page.map(async (name) => {
          const [last] = await journal.messages.list({ channel: name, limit: 1 });
          return { name, lastAt: last?.postedAt.toISOString() ?? null };
        }),
      );
      return { channels, ...next };
    },
  );

  app.get(
    '/channels/:channel/messages',
    {
      schema: {
        operationId: 'listMessages',
        summary: 'Messages of a channel, newest last',
        params: z.object({ channel: z.string().max(100) }),
        querystring: z.object({ before: z.string().regex(/^\d+$/).optional(), limit: limitShape(200, 50) }),
        response: { 200: z.object({ messages: z.array(channelMessageShape), next: nextShape }) },
      },
    },
    async ({ params, query: { before, limit } }) => {
      const { id } = await local.channel(params.channel);
      const messages = await journal.messages.list({ channel: id, limit, ...(before && { before }) });
      // The oldest stands first.
      const next = nextOf(messages.toReversed(), limit);
      return { messages: messages.map((message) => toMessageView(message, draw)), ...next };
    },
  );

  app.get(
    '/live',
    {
      // The answer to HEAD would have to end, and this one stays open.
      exposeHeadRoute: false,
      schema: {
        operationId: 'listen',
        summary: 'Server-sent events: `message` and `event`',
        response: {
          200: {
            description: 'Stays open. `message` carries a message of a channel, `event` the state of an event.',
            content: { 'text/event-stream': { schema: z.string().describe('Each with JSON as its data.') } },
          },
        },
      },
    },
    async (_request, reply) => {
      reply.hijack();
      live.open(reply.raw);
    },
  );
};

export default routes;
