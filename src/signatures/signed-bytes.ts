import { hash } from 'node:crypto';
import { first, header, type Reader } from '../core/delivery/readers.ts';

/**
 * Reads a verified hash out of the first header that is there: the same for the same bytes under the same secret,
 * however the headers around it change. A hash in hex may be written in capitals.
 */
export function signedBytes(...headers: readonly string[]): Reader {
  const read = first(...headers.map(header));
  return (delivery) => {
    const given = read(delivery);
    return given && /^(?:\w+=)?[\da-f]+$/i.test(given) ? given.toLowerCase() : given;
  };
}

/** Reads a hash of the body: for senders whose bodies are hardly ever equal, and who show a token in place of a signature. */
export const wholeBody: Reader = ({ body }) => hash('sha256', body);
