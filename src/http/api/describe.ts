import Fastify from 'fastify';
import { type FastifyPluginAsyncZod, jsonSchemaTransform, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { judgeWithZod, withoutOwnJudges } from '../zod-judges.ts';
import type { ApiParts } from './parts.ts';

/** The OpenAPI description of routes, read off them in a server that serves nobody: few ask for it, and what makes it is large. */
export async function describeApi(
  routes: readonly FastifyPluginAsyncZod<ApiParts>[],
  parts: ApiParts,
  prefix: string,
): Promise<object> {
  const { default: swagger } = await import('@fastify/swagger');
  const app = Fastify({ schemaController: withoutOwnJudges }).withTypeProvider<ZodTypeProvider>();
  judgeWithZod(app);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Bellhop', version: parts.version, description: 'Carries webhooks into team chat.' },
      components: { securitySchemes: { adminToken: { type: 'http', scheme: 'bearer' } } },
      security: [{ adminToken: [] }],
    },
    transform: jsonSchemaTransform,
  });
  for (const group of routes) await app.register(group, { ...parts, prefix });
  await app.ready();
  const description = app.swagger();
  await app.close();
  return description;
}
