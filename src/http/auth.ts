import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../core/clock.ts';
import type { Claims } from '../core/cluster.ts';
import { AppError } from '../core/errors.ts';

export interface Auth {
  /** Throws 401 unless the request shows the admin token or a session; 403 when a browser may have been tricked into it. */
  check(request: FastifyRequest): void;
  /** Whether a request comes from a browser that was let in. */
  isSignedIn(request: Pick<FastifyRequest, 'cookies'>): boolean;
  /** A code that signs one browser in, once, within `CODE_AGE` and for as long as this process runs, or any of several nodes. */
  createCode(): Promise<string>;
  /** The session that a code opens; nothing when it is unknown, used or too old. */
  redeem(code: string): Promise<string | undefined>;
}

export const SESSION_COOKIE = 'bellhop_session';
/** How long a session lasts, in seconds. */
export const SESSION_AGE = 30 * 86_400;
/** How long a sign-in link can be used, in seconds. */
export const CODE_AGE = 3_600;
const CODES_KEPT = 20;

/** Who may use the API and the page: whoever holds the admin token, or a browser that was let in by a one-time link. */
export function createAuth({
  adminToken,
  clock,
  codes = createCodes(clock),
}: {
  readonly adminToken: string;
  readonly clock: Clock;
  /** Where codes are kept. */
  readonly codes?: Codes;
}): Auth {
  const seal = (expires: string) => createHmac('sha256', adminToken).update(`session:${expires}`).digest('base64url');

  function hasSession(cookie: string | undefined): boolean {
    const [expires = '', seals = ''] = cookie?.split('.') ?? [];
    return equal(seals, seal(expires)) && Number(expires) > clock.now().getTime();
  }

  return {
    check(request) {
      const bearer = request.headers.authorization?.match(/^Bearer +(\S+)$/i)?.[1];
      if (bearer !== undefined && equal(bearer, adminToken)) return;
      if (!hasSession(request.cookies[SESSION_COOKIE]))
        throw new AppError(
          401,
          'not_signed_in',
          'Open the sign-in link that `npm start` printed, or send the admin token as a bearer token.',
        );
      // A form on another site can send cookies but not this header.
      if (request.method !== 'GET' && request.method !== 'HEAD' && request.headers['x-bellhop'] !== '1')
        throw new AppError(403, 'not_from_the_page', 'Requests with a session need the header `x-bellhop: 1`.');
    },
    isSignedIn: ({ cookies }) => hasSession(cookies[SESSION_COOKIE]),
    async createCode() {
      const code = randomBytes(24).toString('base64url');
      await codes.add(code);
      return code;
    },
    async redeem(code) {
      if (!(await codes.take(code))) return undefined;
      const expires = String(clock.now().getTime() + SESSION_AGE * 1000);
      return `${expires}.${seal(expires)}`;
    },
  };
}

/** Codes that were made and not used yet. */
export interface Codes {
  add(code: string): Promise<unknown>;
  /** Whether it could still be used, which it cannot from now on. */
  take(code: string): Promise<boolean>;
}

function createCodes(clock: Pick<Clock, 'elapsed'>): Codes {
  const codes: { readonly code: string; readonly madeAt: number }[] = [];
  return {
    async add(code) {
      codes.push({ code, madeAt: clock.elapsed() });
      if (codes.length > CODES_KEPT) codes.shift();
    },
    async take(code) {
      const index = codes.findIndex((known) => equal(known.code, code));
      const [found] = index < 0 ? [] : codes.splice(index, 1);
      return found !== undefined && clock.elapsed() - found.madeAt <= CODE_AGE * 1000;
    },
  };
}

/** Codes that any of several nodes takes, whichever made them. What is kept of them lets nobody in. */
export function createSharedCodes(claims: Claims): Codes {
  const nameOf = (code: string) => `sign-in ${hash('sha256', code)}`;
  return {
    add: (code) => claims.first(nameOf(code), CODE_AGE * 1000),
    take: (code) => claims.take(nameOf(code)),
  };
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
