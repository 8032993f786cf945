import { randomBytes } from 'node:crypto';

/** A short random name for something we keep. */
export function newId(): string {
  return randomBytes(6).toString('hex');
}

/** The secret part of an endpoint's URL: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}
