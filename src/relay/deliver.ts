import { AppError } from '../core/errors.ts';
import type { Relay } from '../core/event/relay.ts';

const TIMEOUT = 10_000;
const BODY_LIMIT = 2_000;

/** Sends a request to one of our own endpoints through its public URL. Throws `AppError` when nobody answers; never follows a redirect. */
export const deliver: Relay['deliver'] = async ({ url, method, headers, body }) => {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
      ...(method !== 'GET' && method !== 'HEAD' && { body: new Uint8Array(body) }),
    });
    return { status: response.status, body: (await response.text()).slice(0, BODY_LIMIT) };
  } catch (cause) {
    throw new AppError(502, 'no_answer', toReason(cause as Error), { cause });
  }
};

function toReason(error: Error): string {
  if (error.name === 'TimeoutError') return `nobody answered within ${TIMEOUT / 1000} s.`;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  if (cause?.code === 'ENOTFOUND') return 'its name is not known to DNS.';
  if (cause?.code === 'ECONNREFUSED') return 'nothing listens there.';
  return `${cause?.message ?? error.message}.`;
}
