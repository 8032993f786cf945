import cookie from '@fastify/cookie';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Counters } from '../core/counters.ts';
import type { Entrance } from '../core/platform/entrance.ts';
import { api, type Resource } from './api/api.ts';
import type { ApiParts } from './api/parts.ts';
import { createBodyBudget } from './body-budget.ts';
import { answerClientError } from './client-error.ts';
import { entranceRoutes } from './entrances.ts';
import { handleErrors } from './errors.ts';
import { healthRoutes } from './health.ts';
import { hookRoutes } from './hooks.ts';
import { createHostGuard } from './host-guard.ts';
import { pageRoutes } from './page.ts';
import { validateWithZod, withoutOwnValidators } from './zod-validation.ts';

export interface ServerParts extends ApiParts {
  /** The resources of the API, by the names of their files. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly counters: Counters;
  readonly log: FastifyBaseLogger;
  readonly host: string;
  /** How many proxies stand in front, or their addresses and ranges; whoever else claims to forward is not believed. */
  readonly trustProxy: number | string[] | false;
  /** What to answer to a token of the path of deliveries that a probe of ours sent. */
  readonly arrived: (token: string) => string | undefined;
  readonly entrances: readonly Entrance[];
  /** Aborted once we are about to stop. */
  readonly ending: AbortSignal;
  /** Where the built page lies. */
  readonly pageFolder: string;
}

/** The slowest body we wait for, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;
/** How often slow requests are looked for, in milliseconds. */
const CHECKED_EVERY = 5_000;
/** So many bytes of deliveries may be on their way to the disk at once. */
const BODIES_LIMIT = 256 * 1024 * 1024;
const API_BODY_LIMIT = 6 * 1024 * 1024;

/** One port for everything: deliveries, the API, the page, health. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const {
    log,
    host,
    trustProxy,
    address,
    arrived,
    relay,
    clock,
    counters,
    journal,
    platforms,
    auth,
    ending,
    pageFolder,
  } = parts;
  const app = Fastify({
    loggerInstance: log,
    schemaController: withoutOwnValidators,
    // The path of a hook is a secret, so requests are logged by what came of them instead.
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: REQUEST_TIMEOUT, connectionsCheckingInterval: CHECKED_EVERY },
    clientErrorHandler: answerClientError,
    bodyLimit: API_BODY_LIMIT,
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    forceCloseConnections: 'idle',
    // People paste addresses with a slash too many, and senders join them so.
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
  }).withTypeProvider<ZodTypeProvider>();
  validateWithZod(app);
  handleErrors(app);

  const budget = createBodyBudget(BODIES_LIMIT);
  await app.register(hookRoutes, { receiver: relay.receiver, clock, counters, budget, log, arrived });
  await app.register(entranceRoutes, { entrances: parts.entrances });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', createHostGuard({ host, address }));
    await guarded.register(healthRoutes, {
      journal,
      platforms,
      counters,
      clock,
      ending,
      waiting: () => relay.lanes.waiting,
    });
    await guarded.register(cookie);
    await guarded.register(api, { prefix: '/api/v1', ...parts });
    await guarded.register(pageRoutes, { auth, address, folder: pageFolder });
  });
  return app;
}
