import type { FastifyPluginAsync } from 'fastify';
import { type MetricsParts, toMetrics } from './metrics.ts';

/** Whether we are alive, whether we can take deliveries, and what Prometheus reads. */
export const healthRoutes: FastifyPluginAsync<MetricsParts> = async (app, parts) => {
  const { journal, platforms } = parts;
  app.get('/healthz', async () => ({ status: 'alive' }));

  app.get('/readyz', async (_request, reply) => {
    const journalReady = await journal.ping().then(
      () => ({ ready: true, detail: 'takes deliveries' }),
      (error: Error) => ({ ready: false, detail: error.message }),
    );
    // A platform that is away does not stop deliveries: they are kept, and told when it is back.
    const connected = Object.fromEntries([...platforms.values()].map((platform) => [platform.name, platform.health()]));
    return reply
      .code(journalReady.ready ? 200 : 503)
      .send({ status: journalReady.ready ? 'ready' : 'not ready', journal: journalReady, platforms: connected });
  });

  app.get('/metrics', async (_request, reply) => {
    const { type, text } = await toMetrics(parts);
    return reply.type(type).send(text);
  });
};
