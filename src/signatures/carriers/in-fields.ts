import { readHeader } from '../read-header.ts';
import { type Carrier, splitList } from './carrier.ts';

export interface InFieldsOptions {
  /** In lower case. */
  readonly header: string;
  /** What the time of signing is called, as in `t=…`. */
  readonly time: string;
  /** What a signature is called, as in `v1=…`. There may be several. */
  readonly signature: string;
  /** What parts the fields; a comma when left out. */
  readonly separator?: ',' | ';' | '&' | ' ';
}

/** Time and signatures in one header, as `t=…,v1=…`. */
export function inFields({ header, time, signature, separator = ',' }: InFieldsOptions): Carrier {
  const where = `the \`${header}\` header`;
  return {
    read({ headers }) {
      const found = readHeader(headers, header);
      if (!found.ok) return found;
      const items = splitList(found.value, separator, where);
      if (typeof items === 'string') return { ok: false, reason: items };
      const pairs = items.map((item) => {
        const [name = '', ...value] = item.split('=');
        return { name: name.trim(), value: value.join('=') };
      });
      const valuesOf = (wanted: string) => pairs.filter(({ name }) => name === wanted).map(({ value }) => value);
      const [moment, ...more] = valuesOf(time);
      const signatures = valuesOf(signature);
      if (moment === undefined || more.length > 0)
        return { ok: false, reason: `${where} does not hold exactly one \`${time}=\`` };
      if (signatures.length === 0) return { ok: false, reason: `${where} holds no \`${signature}=\`` };
      return { ok: true, where, time: moment, signatures };
    },
    toHeaders: (proof, moment = '') => ({ [header]: `${time}=${moment}${separator}${signature}=${proof}` }),
  };
}

/** The time of signing and the signatures after it, in one header: `…,…`. */
export function inOrder({ header }: { readonly header: string }): Carrier {
  const where = `the \`${header}\` header`;
  return {
    read({ headers }) {
      const found = readHeader(headers, header);
      if (!found.ok) return found;
      const items = splitList(found.value, ',', where);
      if (typeof items === 'string') return { ok: false, reason: items };
      const [moment, ...signatures] = items.map((item) => item.trim());
      return { ok: true, where, signatures, ...(moment && { time: moment }) };
    },
    toHeaders: (proof, moment = '') => ({ [header]: `${moment},${proof}` }),
  };
}
