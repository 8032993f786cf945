import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { describeReach } from '../../../core/settings/describe-reach.ts';
import type { ApiParts } from '../parts.ts';

/** Where providers reach Bellhop. The command `address` changes it. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { address }) => {
  app.get(
    '/address',
    {
      schema: {
        operationId: 'getAddress',
        summary: 'The address at which providers reach Bellhop, and who set it',
        querystring: z.object({
          try: z.enum(['true', 'false']).default('false').describe('Whether to send a request there now.'),
        }),
        response: {
          200: z.object({
            url: z.string(),
            setBy: z.enum(['environment', 'admin', 'nobody']),
            reached: z
              .boolean()
              .optional()
              .describe('Whether the latest request that was sent there arrived here; absent where none was sent.'),
            advice: z.string().optional().describe('Why providers cannot reach it, and what to do.'),
            tunnel: z.object({ title: z.string(), url: z.string() }).optional().describe('A tunnel that leads here.'),
          }),
        },
      },
    },
    async ({ query }) => {
      if (query.try === 'true' && address.setBy !== 'nobody') await address.tryOut(address.url);
      const reach = await describeReach(address);
      return {
        url: address.url,
        setBy: address.setBy,
        ...(address.arrival && { reached: address.arrival.ok }),
        ...(reach && { advice: reach.text }),
        ...(reach?.tunnel && { tunnel: reach.tunnel }),
      };
    },
  );
};

export default routes;
