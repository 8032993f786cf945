import type { FastifyPluginAsync } from 'fastify';
import type { Clock } from '../core/clock.ts';
import { AppError } from '../core/errors.ts';
import { type MetricsParts, toMetrics } from './metrics.ts';

export interface HealthParts extends MetricsParts {
  readonly clock: Clock;
  /** Aborted once Bellhop is about to stop. */
  readonly ending: AbortSignal;
}

/** Whether Bellhop is alive, whether it can take deliveries, and what Prometheus reads. */
export const healthRoutes: FastifyPluginAsync<HealthParts> = async (app, parts) => {
  const { platforms, ending } = parts;
  const journalState = createJournalProbe(parts);
  app.get('/healthz', async () => ({ status: 'alive' }));

  app.get('/readyz', async (_request, reply) => {
    const journalReady = await journalState();
    // A platform that is away does not stop deliveries: they are kept, and posted when it is back.
    const connected = Object.fromEntries([...platforms.values()].map((platform) => [platform.name, platform.health()]));
    // What still comes is taken all the same.
    const status = ending.aborted ? 'stopping' : journalReady.ready ? 'ready' : 'not ready';
    return reply.code(status === 'ready' ? 200 : 503).send({ status, journal: journalReady, platforms: connected });
  });

  app.get('/metrics', async (_request, reply) => {
    const { type, text } = await toMetrics(parts);
    return reply.type(type).send(text);
  });
};

interface JournalState {
  readonly ready: boolean;
  readonly detail: string;
}

/** How long the outcome of a trial counts, in milliseconds: a trial writes to the disk, and anybody may ask. */
const TRIED_FOR = 2_000;

/** Whether the journal takes a write. Everybody who asks meanwhile shares one trial. What failed is said without paths. */
function createJournalProbe({ journal, clock }: Pick<MetricsParts, 'journal'> & { readonly clock: Clock }) {
  let trial: { readonly at: number; readonly outcome: Promise<JournalState> } | undefined;
  return (): Promise<JournalState> => {
    const now = clock.elapsed();
    if (!trial || now - trial.at > TRIED_FOR)
      trial = {
        at: now,
        outcome: journal.ping().then(
          () => ({ ready: true, detail: 'takes deliveries' }),
          (error: unknown) => ({ ready: false, detail: `takes no deliveries (${codeOf(error)}); the log says more` }),
        ),
      };
    return trial.outcome;
  };
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code.replaceAll('_', ' ') : 'unforeseen failure';
}
