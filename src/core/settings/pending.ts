import { DAY } from '../text/duration.ts';
import type { Endpoint } from './endpoint.ts';

/** What stands in place of the provider of an endpoint whose sender nobody has named yet. No provider has this name. */
export const PENDING = 'pending';
/** What it is called in front of people. */
export const PENDING_TITLE = 'Not known yet';
/** How long an endpoint waits for its sender to be named, and what it holds is kept. */
export const PENDING_FOR = 7 * DAY;
/** The largest body it holds, in bytes. */
export const PENDING_BODY_LIMIT = 1024 * 1024;

export function isPending({ provider }: Pick<Endpoint, 'provider'>): boolean {
  return provider === PENDING;
}

/** When a pending endpoint is given up. */
export function pendingUntil({ createdAt }: Pick<Endpoint, 'createdAt'>): Date {
  return new Date(Date.parse(createdAt) + PENDING_FOR);
}
