import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { parseJson } from '../../core/delivery/parse-json.ts';
import { badRequest } from '../../core/errors.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { describeApi } from './describe.ts';
import { endpointRoutes } from './endpoints.ts';
import { eventDiffRoutes } from './event-diff.ts';
import { eventRoutes } from './events.ts';
import { galleryRoutes } from './gallery.ts';
import type { ApiParts } from './parts.ts';
import { previewRoutes } from './preview.ts';
import { providerRoutes } from './providers.ts';
import { activityRoutes } from './records/activity.ts';
import { auditRoutes } from './records/audit.ts';
import { muteRoutes } from './records/mutes.ts';
import { sessionRoutes } from './session.ts';
import { templateChangeRoutes } from './templates/changes.ts';
import { templateRoutes } from './templates/routes.ts';
import { tryRoutes } from './try.ts';

const ROUTES = [
  sessionRoutes,
  commandRoutes,
  channelRoutes,
  endpointRoutes,
  activityRoutes,
  muteRoutes,
  auditRoutes,
  eventRoutes,
  eventDiffRoutes,
  previewRoutes,
  galleryRoutes,
  providerRoutes,
  templateRoutes,
  templateChangeRoutes,
  tryRoutes,
];

/** `/api/v1`: everything the page can do, for programs. Described at `/api/v1/openapi.json`. */
export const api: FastifyPluginAsyncZod<ApiParts> = async (app, parts) => {
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) =>
    toPayload(body),
  );
  let description: Promise<object> | undefined;
  app.addHook('onRequest', async (request) => parts.auth.check(request));
  app.get('/openapi.json', async () => {
    description ??= describeApi(ROUTES, parts, app.prefix);
    return description;
  });
  // The prefix is inherited; given again it would be doubled.
  for (const routes of ROUTES) await app.register(routes, { ...parts, prefix: '' });
};

/** What a program sends, with every digit of its integers. */
function toPayload(body: string): unknown {
  const outcome = parseJson(body);
  if (!outcome.ok || outcome.problem) throw badRequest(outcome.problem ?? '');
  return outcome.payload;
}
