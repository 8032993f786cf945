import type { Endpoint } from './endpoint.ts';

/** The secret URL that deliveries come to. */
export function endpointUrl(publicUrl: string, { token }: Pick<Endpoint, 'token'>): string {
  return `${publicUrl}/in/${token}`;
}

/** Enough of the URL to recognise it, and too little to use it. */
export function maskedUrl(publicUrl: string, { token }: Pick<Endpoint, 'token'>): string {
  return `${publicUrl}/in/${token.slice(0, 3)}…`;
}
