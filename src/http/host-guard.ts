import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../core/errors.ts';
import type { Address } from '../core/settings/address.ts';

/** A host name that the refusal repeats; no other text that a stranger sent is. */
const PLAIN = /^[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?$/;

/**
 * Refuses requests for a host name that is not ours: a page elsewhere may have made its own name point here. Nobody can do
 * so with a bare address, so those are served; probes and Prometheus often use them.
 */
export function createHostGuard({
  host,
  address,
}: {
  readonly host: string;
  readonly address: Pick<Address, 'url'>;
}): (request: FastifyRequest) => Promise<void> {
  const known = new Set(['localhost', host]);
  return async (request) => {
    const name = request.headers.host?.replace(/:\d+$/, '').toLowerCase() ?? '';
    // Whoever changes the address on the page must not be shut out of it, so those of before stay known.
    known.add(new URL(address.url).hostname);
    if (known.has(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0) return;
    const said = PLAIN.test(name) ? `the host name \`${name}\`` : 'this host name';
    throw new AppError(
      421,
      'unknown_host',
      `Bellhop does not answer to ${said}. Set \`PUBLIC_URL\` or \`/webhook address\` to the address you use.`,
    );
  };
}
