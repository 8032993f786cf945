import type { FastifyInstance } from 'fastify';

/** How long requests that have begun may take to end, in milliseconds. */
const GRACE = 3_000;

/**
 * Ends a server: whatever has begun is answered, within a limit, and every connection is closed then. A peer that is silent
 * in the middle of a request holds nothing up.
 */
export function createDrain(app: FastifyInstance): () => Promise<void> {
  let begun = 0;
  let lastEnded: (() => void) | undefined;
  app.server.on('request', (_request, response) => {
    begun++;
    response.once('close', () => {
      begun--;
      if (begun === 0) lastEnded?.();
    });
  });

  return async () => {
    const closed = app.close();
    const timer = setTimeout(() => app.server.closeAllConnections(), GRACE);
    lastEnded = () => app.server.closeAllConnections();
    if (begun === 0) lastEnded();
    await closed.finally(() => clearTimeout(timer));
  };
}
