import { refused, type Signature } from '../core/provider/signature.ts';
import { decodeBase64 } from './digest.ts';
import { matchingSecret } from './matching-secret.ts';
import { readHeader } from './read-header.ts';
import { safeEqual } from './safe-equal.ts';

export interface BasicOptions {
  /** Any name will do when left out. */
  readonly username?: string;
}

/** HTTP Basic authentication with the secret as password. It proves who the sender is, and nothing about the body. */
export function basic({ username }: BasicOptions = {}): Signature {
  return {
    kind: 'user name and password',
    verify({ headers }, secrets) {
      const found = readHeader(headers, 'authorization');
      if (!found.ok) return refused(found.reason);
      if (!/^basic /i.test(found.value)) return refused('the `authorization` header does not start with `Basic`');
      const given = decodeBase64(found.value.slice('basic '.length).trim());
      const colon = given?.indexOf(':') ?? -1;
      if (!given || colon < 0) return refused('the `authorization` header holds no user name and password in base64');
      const named = username === undefined || safeEqual(given.subarray(0, colon), Buffer.from(username));
      const password = given.subarray(colon + 1);
      return matchingSecret(secrets, {
        what: 'user name or password',
        covers: [],
        matches(secret) {
          const right = safeEqual(password, Buffer.from(secret));
          return right && named;
        },
      });
    },
    sign: (_delivery, secret) => ({
      authorization: `Basic ${Buffer.from(`${username ?? 'bellhop'}:${secret}`).toString('base64')}`,
    }),
  };
}
