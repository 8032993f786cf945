import type { FastifyRequest } from 'fastify';
import { AppError } from '../core/errors.ts';

/** Refuses requests for a host we do not answer to: a page elsewhere may have made its own name point here. */
export function createHostGuard({
  host,
  publicUrl,
}: {
  readonly host: string;
  readonly publicUrl: string;
}): (request: FastifyRequest) => Promise<void> {
  const known = new Set([
    'localhost',
    '127.0.0.1',
    '[::1]',
    host.includes(':') ? `[${host}]` : host,
    new URL(publicUrl).hostname,
  ]);
  return async (request) => {
    const name = request.headers.host?.replace(/:\d+$/, '').toLowerCase() ?? '';
    if (!known.has(name))
      throw new AppError(
        421,
        'unknown_host',
        'This host name is not one of ours. Set PUBLIC_URL to the address you use.',
      );
  };
}
