import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { describeApi } from './describe.ts';
import { endpointRoutes } from './endpoints.ts';
import { eventRoutes } from './events.ts';
import type { ApiParts } from './parts.ts';
import { previewRoutes } from './preview.ts';
import { sessionRoutes } from './session.ts';

const ROUTES = [sessionRoutes, commandRoutes, channelRoutes, endpointRoutes, eventRoutes, previewRoutes];

/** `/api/v1`: everything the page can do, for programs. Described at `/api/v1/openapi.json`. */
export const api: FastifyPluginAsyncZod<ApiParts> = async (app, parts) => {
  let description: Promise<object> | undefined;
  app.addHook('onRequest', async (request) => parts.auth.check(request));
  app.get('/openapi.json', async () => {
    description ??= describeApi(ROUTES, parts, app.prefix);
    return description;
  });
  // The prefix is inherited; given again it would be doubled.
  for (const routes of ROUTES) await app.register(routes, { ...parts, prefix: '' });
};
