import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { parseJson } from '../../core/delivery/parse-json.ts';
import { badRequest } from '../../core/errors.ts';
import { describeApi } from './describe.ts';
import type { ApiParts } from './parts.ts';
import { refuseUnknownQuery } from './refuse-unknown-query.ts';

/** The routes of one resource. A file in `resources/` has them as its default export. */
export type Resource = FastifyPluginAsyncZod<ApiParts>;

export interface ApiOptions extends ApiParts {
  readonly resources: ReadonlyMap<string, Resource>;
}

/** `/api/v1`: everything the page can do, for programs. Described at `/api/v1/openapi.json`. */
export const api: FastifyPluginAsyncZod<ApiOptions> = async (app, { resources, ...parts }) => {
  // What is not JSON is refused by its type, rather than as text that is not JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) =>
    toPayload(body),
  );
  let description: { readonly url: string; readonly made: Promise<object> } | undefined;
  app.addHook('onRequest', async (request) => parts.auth.check(request));
  refuseUnknownQuery(app);
  app.get('/openapi.json', async () => {
    const { url } = parts.address;
    // It names the address, which may be changed meanwhile.
    if (description?.url !== url) description = { url, made: describeApi([...resources.values()], parts, app.prefix) };
    return description.made;
  });
  // The prefix is inherited; given again it would be doubled.
  for (const routes of resources.values()) await app.register(routes, { ...parts, prefix: '' });
};

/** What a program sends, with every digit of its integers. */
function toPayload(body: string): unknown {
  const outcome = parseJson(body);
  if (!outcome.ok || outcome.problem) throw badRequest(outcome.problem ?? '');
  return outcome.payload;
}
