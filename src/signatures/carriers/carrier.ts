import type { Parsed } from '../../core/delivery/delivery.ts';

/** Signatures as a delivery carries them, still text, and the time of signing where it stands beside them. */
export interface Carried {
  readonly ok: true;
  /** Where they stand, for a reason: `the \`x-signature\` header`. */
  readonly where: string;
  readonly signatures: readonly string[];
  readonly time?: string;
}

export type Carrying = Carried | { readonly ok: false; readonly reason: string };

/** The place in a delivery where its signatures stand. */
export interface Carrier {
  read(delivery: Parsed): Carrying;
  /** What a good signature begins with, for a reason. */
  readonly prefix?: string;
  /** The headers that carry a signature. */
  toHeaders(signature: string, time: string | undefined): Record<string, string>;
  /** The body with a signature in it, where it stands there. */
  toBody?(delivery: Parsed, signature: string, time: string | undefined): Buffer;
}

/** Nobody signs with more keys than this at once; whoever lists more wants us to work. */
export const MOST_SIGNATURES = 100;

/** The items of a list, or a refusal where there are too many. */
export function splitList(text: string, separator: string, where: string): readonly string[] | string {
  const items = text.split(separator, MOST_SIGNATURES + 1);
  return items.length > MOST_SIGNATURES ? `${where} lists more than ${MOST_SIGNATURES} signatures` : items;
}
