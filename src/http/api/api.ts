import swagger from '@fastify/swagger';
import { type FastifyPluginAsyncZod, jsonSchemaTransform } from 'fastify-type-provider-zod';
import { SESSION_COOKIE } from '../auth.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { endpointRoutes } from './endpoints.ts';
import { eventRoutes } from './events.ts';
import type { ApiParts } from './parts.ts';
import { previewRoutes } from './preview.ts';
import { sessionRoutes } from './session.ts';

/** `/api/v1`: everything the page can do, for programs. Described at `/api/v1/openapi.json`. */
export const api: FastifyPluginAsyncZod<ApiParts> = async (app, parts) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Bellhop', version: parts.version, description: 'Carries webhooks into team chat.' },
      components: {
        securitySchemes: {
          adminToken: { type: 'http', scheme: 'bearer' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: SESSION_COOKIE,
            description: 'The page’s. Whatever is no GET needs the header `x-bellhop: 1` with it.',
          },
        },
      },
      security: [{ adminToken: [] }, { session: [] }],
    },
    transform: describeRoute,
  });
  app.addHook('onRequest', async (request) => parts.auth.check(request));
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  // The prefix is inherited; given again it would be doubled.
  for (const routes of [sessionRoutes, commandRoutes, channelRoutes, endpointRoutes, eventRoutes, previewRoutes])
    await app.register(routes, { ...parts, prefix: '' });
};

const mistake = {
  type: 'object',
  description: 'A mistake of the caller, or a failure of ours.',
  properties: { code: { type: 'string' }, message: { type: 'string' } },
  required: ['code', 'message'],
};

/** Every route may answer with a mistake. */
const describeRoute: typeof jsonSchemaTransform = (route) => {
  const { schema, url } = jsonSchemaTransform(route);
  return { schema: { ...schema, response: { ...(schema.response as object), default: mistake } }, url };
};
