import type { Parsed } from '../../core/delivery/delivery.ts';
import type { SchemeOptions } from '../../core/provider/scheme/scheme-axes.ts';
import { parseMoment, type TimeUnit } from '../freshness.ts';
import { scalars, TRAVEL } from './read-proofs.ts';

/** A text that may be the time of signing, and how a scheme would find it. */
export interface Moment {
  readonly text: string;
  readonly options: SchemeOptions;
  /** The header and the parting that a signature beside it must have. */
  readonly beside?: { readonly header: string; readonly list: string };
}

const MOST = { moments: 6, ids: 6 } as const;
const FORMS: readonly (readonly [TimeUnit, RegExp])[] = [
  ['seconds', /^1[4-9]\d{8}$|^2\d{9}$/],
  ['milliseconds', /^1[4-9]\d{11}$|^2\d{12}$/],
  ['iso', /^20\d\d-\d\d-\d\d[T ]\d\d:\d\d/],
  ['http', /^[A-Z][a-z]{2}, \d\d /],
];
const PARTINGS = { comma: ',', semicolon: ';', ampersand: '&', space: ' ' } as const;

/** The times that a delivery holds where a scheme could have one. */
export function readMoments({ headers, payload }: Parsed): readonly Moment[] {
  const found: Moment[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string' || (TRAVEL.test(name) && name !== 'date')) continue;
    add(value, { time: `header:${name}` });
    for (const [list, separator] of Object.entries(PARTINGS))
      for (const item of value.split(separator, 20)) {
        const [, label, text = ''] = /^\s*([\w.-]{1,30})=(\S+)\s*$/.exec(item) ?? [];
        if (label && value.includes(separator)) add(text, { time: `item:${label}` }, { header: name, list });
      }
  }
  for (const [path, text] of scalars(payload))
    if (/time|stamp|date|sent|(?:^|\.)ts$/i.test(path)) add(text, { time: path });
  return found.slice(0, MOST.moments);

  function add(text: string, place: SchemeOptions, beside?: Moment['beside']): void {
    const [unit] = FORMS.find(([, form]) => form.test(text)) ?? [];
    if (!unit || !parseMoment(text, unit)) return;
    const options = { ...place, ...(unit !== 'seconds' && { unit }) };
    found.push({ text, options, ...(beside && { beside }) });
  }
}

/** The places of what may be the id of a delivery, or something used once. */
export function readIds({ headers, payload }: Parsed): readonly string[] {
  const named = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' &&
    /(?:^|-)(?:id|uuid|nonce|token|delivery|request|event|message)(?:-|$)/.test(name) &&
    /^[\w.:/+=-]{3,100}$/.test(value)
      ? [`header:${name}`]
      : [],
  );
  const inside = scalars(payload).flatMap(([path]) =>
    /^(?:id|uuid|nonce|event_id|eventId)$/.test(path) ? [path] : [],
  );
  return [...named, ...inside].slice(0, MOST.ids);
}
