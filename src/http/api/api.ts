import swagger from '@fastify/swagger';
import { type FastifyPluginAsyncZod, jsonSchemaTransform } from 'fastify-type-provider-zod';
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
      components: { securitySchemes: { adminToken: { type: 'http', scheme: 'bearer' } } },
      security: [{ adminToken: [] }],
    },
    transform: jsonSchemaTransform,
  });
  app.addHook('onRequest', async (request) => parts.auth.check(request));
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  // The prefix is inherited; given again it would be doubled.
  for (const routes of [sessionRoutes, commandRoutes, channelRoutes, endpointRoutes, eventRoutes, previewRoutes])
    await app.register(routes, { ...parts, prefix: '' });
};
