import { refused, type Signature } from '../core/provider/signature.ts';
import { chosen } from './chosen.ts';
import { matchingSecret } from './matching-secret.ts';
import { readHeader } from './read-header.ts';
import { safeEqual } from './safe-equal.ts';

export interface TokenOptions {
  /** In lower case. */
  readonly header: string;
  /** Must be there, in any case, such as `Bearer `. */
  readonly prefix?: string;
}

/** The secret itself, carried in a header. It proves who the sender is, and nothing about the body. */
export function token({ header, prefix = '' }: TokenOptions): Signature {
  return {
    kind: 'the secret itself in a header',
    verify({ headers }, secrets) {
      const found = readHeader(headers, header);
      if (!found.ok) return refused(found.reason);
      if (found.value.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) {
        return refused(`the \`${header}\` header does not start with \`${prefix.trim()}\``);
      }
      const given = toBytes(found.value.slice(prefix.length));
      if (!given) return refused(`the \`${header}\` header holds characters that no header can carry`);
      return matchingSecret(secrets, {
        what: 'token',
        covers: [],
        matches: (secret) => safeEqual(given, Buffer.from(secret)),
      });
    },
    sign: (_delivery, secret) => ({ [header]: prefix + Buffer.from(secret).toString('latin1') }),
  };
}

/** Node reads header bytes as Latin-1, whatever they were written as. */
function toBytes(value: string): Buffer | undefined {
  const bytes = Buffer.from(value, 'latin1');
  return bytes.toString('latin1') === value ? bytes : undefined;
}

/** What an endpoint may choose whose sender lets people name a header. */
export const ownHeaderOption = {
  header: { description: 'The header with the secret alone; `Authorization: Bearer …` when left out' },
} as const;

/** The secret in a header that the endpoint chooses, by its option `header`. */
export const ownHeader: Signature = chosen((_delivery, { options }) => {
  const name = options.header?.trim().toLowerCase();
  return name && name !== 'authorization'
    ? token({ header: name })
    : token({ header: 'authorization', prefix: 'Bearer ' });
});
