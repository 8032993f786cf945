import type { Parsed } from '../core/delivery/delivery.ts';
import { at, query, textAt } from '../core/delivery/readers.ts';
import { refused, type Signature } from '../core/provider/signature.ts';
import { matchingSecret } from './matching-secret.ts';
import { safeEqual } from './safe-equal.ts';
import { withValue } from './text/with-value.ts';

const LIMIT = 8192;
/** Nobody batches more. */
const MOST_ITEMS = 10_000;

export interface TokenInPayloadOptions {
  /** Where the token stands, or where it stands in each item of `list`. */
  readonly field: string;
  /** The list in the payload whose every item must carry it. */
  readonly list?: string;
}

/** The secret itself, carried in the payload. It vouches for the sender, not for the rest of the body. */
export function tokenInPayload({ field, list }: TokenInPayloadOptions): Signature {
  return {
    kind: 'the secret itself in the body',
    verify({ payload }, secrets) {
      const holders = list === undefined ? [payload] : itemsOf(payload, list);
      if (holders.length === 0) return refused(`the body holds no \`${list}\``);
      if (holders.length > MOST_ITEMS) return refused(`the body holds more than ${MOST_ITEMS} items`);
      const given = holders.map((holder) => textAt(holder, field));
      if (given.some((token) => token === undefined || token.length > LIMIT))
        return refused(`the body holds no \`${field}\``);
      const tokens = given.map((token) => Buffer.from(token ?? ''));
      return matchingSecret(secrets, {
        what: 'token',
        covers: [],
        matches(secret) {
          const right = Buffer.from(secret);
          return tokens.map((token) => safeEqual(token, right)).every(Boolean);
        },
      });
    },
    sign: () => ({}),
    seal(delivery, secret) {
      if (list === undefined) return withValue(delivery, field, secret);
      return itemsOf(delivery.payload, list).reduce<Buffer>(
        (body, _item, index) => withValue({ ...delivery, body }, `${list}.${index}.${field}`, secret),
        delivery.body,
      );
    },
  };
}

/** The secret itself, carried in the address, where a sender can do no better. */
export function tokenInQuery(name: string): Signature {
  const read = query(name);
  return {
    kind: 'the secret itself in the address',
    verify(delivery: Parsed, secrets) {
      const given = read(delivery);
      if (!given || given.length > LIMIT) return refused(`the address carries no \`${name}=\``);
      return matchingSecret(secrets, {
        what: 'token',
        covers: [],
        matches: (secret) => safeEqual(Buffer.from(given), Buffer.from(secret)),
      });
    },
    sign: () => ({}),
  };
}

function itemsOf(payload: unknown, list: string): readonly unknown[] {
  const items = at(payload, list);
  return Array.isArray(items) ? items : [];
}
