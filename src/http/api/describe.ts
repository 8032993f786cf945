import Fastify from 'fastify';
import { type FastifyPluginAsyncZod, jsonSchemaTransform, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { SESSION_COOKIE } from '../auth.ts';
import { validateWithZod, withoutOwnValidators } from '../zod-validation.ts';
import type { ApiParts } from './parts.ts';

/** The OpenAPI description of routes, read off them in a server that serves nobody: few ask for it, and what makes it is large. */
export async function describeApi(
  routes: readonly FastifyPluginAsyncZod<ApiParts>[],
  parts: ApiParts,
  prefix: string,
): Promise<object> {
  const { default: swagger } = await import('@fastify/swagger');
  const app = Fastify({ schemaController: withoutOwnValidators }).withTypeProvider<ZodTypeProvider>();
  validateWithZod(app);
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
            description: 'The session of the page. Requests other than GET also need the header `x-bellhop: 1`.',
          },
        },
      },
      security: [{ adminToken: [] }, { session: [] }],
    },
    transform: describeRoute,
  });
  for (const group of routes) await app.register(group, { ...parts, prefix });
  await app.ready();
  const description = app.swagger();
  await app.close();
  return description;
}

const mistake = {
  type: 'object',
  description: 'A mistake by the caller, or a failure of Bellhop.',
  properties: { code: { type: 'string' }, message: { type: 'string' } },
  required: ['code', 'message'],
};

/** Every route may answer with a mistake. */
const describeRoute: typeof jsonSchemaTransform = (route) => {
  const { schema, url } = jsonSchemaTransform(route);
  return { schema: { ...schema, response: { ...(schema.response as object), default: mistake } }, url };
};
