import Fastify from 'fastify';
import {
  type FastifyPluginAsyncZod,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { SESSION_COOKIE } from '../auth.ts';
import { validateWithZod, withoutOwnValidators } from '../zod-validation.ts';
import type { ApiParts } from './parts.ts';
import { mistakeShape } from './shapes.ts';

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
      info: {
        title: 'Bellhop',
        version: parts.version,
        description: 'Carries webhooks into team chat.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: parts.address.url, description: 'This Bellhop' }],
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
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  for (const group of routes) await app.register(group, { ...parts, prefix });
  await app.ready();
  const description = app.swagger();
  await app.close();
  return description;
}

/** A description without the shapes that nothing in it refers to. */
function withoutUnused<Description extends object>(description: Description): Description {
  const text = JSON.stringify(description);
  const { components } = description as { components?: { schemas?: Record<string, unknown> } };
  const all = Object.entries(components?.schemas ?? {});
  const used = all.filter(([name]) => text.includes(`"#/components/schemas/${name}"`));
  const left = { ...description, components: { ...components, schemas: Object.fromEntries(used) } };
  // What only an unused one referred to is unused as well.
  return used.length === all.length ? left : withoutUnused(left);
}

/** Every route may answer with a mistake of the caller, or a failure of Bellhop. */
const describeRoute: typeof jsonSchemaTransform = (route) => {
  const { response = {}, ...schema } = route.schema ?? {};
  const answers = { '4xx': mistakeShape, '5xx': mistakeShape, ...(response as object) };
  return jsonSchemaTransform({ ...route, schema: { ...schema, response: answers } });
};
