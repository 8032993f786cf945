import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { AppError } from '../core/errors.ts';
import type { Address } from '../core/settings/address.ts';
import { type Auth, SESSION_AGE, SESSION_COOKIE } from './auth.ts';

/** Nothing but our own files may run; pictures may come from anywhere, because alerts bring graphs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT = 'The page is not built. Run `npm run prepare`, then start again.\n';
const USED =
  'This link was used already, or is older than an hour. `bellhop sign-in` prints a new one, and so does every start.';

/** The page, and the link that lets a browser in. */
export const pageRoutes: FastifyPluginAsync<{
  readonly auth: Auth;
  readonly address: Pick<Address, 'url'>;
  readonly folder: string;
}> = async (app, { auth, address, folder }) => {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });
  // A link's preview asks by HEAD, and must not use the code up.
  const signIn = { exposeHeadRoute: false } as const;
  app.get<{ Querystring: { code?: string } }>('/sign-in', signIn, async (request, reply) => {
    const { query, protocol, hostname } = request;
    const session = await auth.redeem(String(query.code ?? ''));
    if (!session && auth.isSignedIn(request)) return reply.redirect('/', 303);
    if (!session) throw new AppError(403, 'link_used', USED);
    const own = new URL(address.url);
    reply.setCookie(SESSION_COOKIE, session, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      // A proxy that ends TLS need not be trusted with addresses for the cookie to be kept to https.
      secure: protocol === 'https' || (own.protocol === 'https:' && hostname === own.hostname),
      maxAge: SESSION_AGE,
    });
    return reply.redirect('/', 303);
  });
  if (existsSync(folder)) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      setHeaders(response, path) {
        // File names of assets hold a hash of what is in them.
        response.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
    return;
  }
  app.get('/', async (_request, reply) => reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT));
};
