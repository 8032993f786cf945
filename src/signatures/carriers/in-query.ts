import { query } from '../../core/delivery/readers.ts';
import type { Carrier } from './carrier.ts';

/** Longer texts are no signature. */
const LIMIT = 8192;

/** A signature in the address, as `?signature=…`. A delivery of our own cannot be given one. */
export function inQuery({ name, prefix = '' }: { readonly name: string; readonly prefix?: string }): Carrier {
  const read = query(name);
  return {
    prefix,
    read(delivery) {
      const value = read(delivery);
      if (value === undefined) return { ok: false, reason: `the address carries no \`${name}=\`` };
      if (value.length > LIMIT) return { ok: false, reason: `\`${name}=\` in the address is longer than 8 KiB` };
      const signatures = value.startsWith(prefix) ? [value.slice(prefix.length)] : [];
      return { ok: true, where: `\`${name}=\` in the address`, signatures };
    },
    toHeaders: () => ({}),
  };
}
