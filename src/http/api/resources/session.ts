import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SESSION_COOKIE } from '../../auth.ts';
import { toPlatformStates } from '../../platform-states.ts';
import type { ApiParts } from '../parts.ts';

/** Who is asking, and what is connected. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { platforms, auth, address, version }) => {
  app.get(
    '/session',
    {
      schema: {
        operationId: 'getSession',
        summary: 'Who is signed in, and which platforms are connected',
        response: {
          200: z.object({
            user: z.object({ id: z.string(), name: z.string() }),
            publicUrl: z.string(),
            version: z.string(),
            platforms: z.array(
              z.object({ name: z.string(), title: z.string(), ready: z.boolean(), detail: z.string() }),
            ),
          }),
        },
      },
    },
    async () => ({
      user: { id: 'you', name: 'you' },
      publicUrl: address.url,
      version,
      platforms: [...toPlatformStates(platforms)],
    }),
  );

  app.delete(
    '/session',
    {
      schema: {
        operationId: 'signOut',
        summary: 'Sign this browser out',
        response: { 200: z.object({ signedIn: z.literal(false) }) },
      },
    },
    async (_request, reply) => reply.clearCookie(SESSION_COOKIE, { path: '/' }).send({ signedIn: false }),
  );

  app.post(
    '/sign-in-links',
    {
      schema: {
        operationId: 'makeSignInLink',
        summary: 'Make a link that signs one browser in, once',
        response: { 201: z.object({ url: z.string() }) },
      },
    },
    async (_request, reply) => reply.code(201).send({ url: `/sign-in?code=${await auth.createCode()}` }),
  );
};

export default routes;
