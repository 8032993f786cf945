import { defineParts } from '../lazy-parts.ts';
import { MASK } from '../text/mask-secrets.ts';
import { decodeBody } from './decode-body.ts';
import type { BodyFormat, Delivery, Parsed } from './delivery.ts';
import { fromFields, parseForm } from './parse-form.ts';
import { parseJsonBody, parseJsonLines } from './parse-json-sequence.ts';
import { parseMultipart } from './parse-multipart.ts';
import type { ParseOutcome } from './parse-outcome.ts';
import { parseXml } from './parse-xml.ts';

/** What a body turned out to be. */
export interface Reading {
  readonly format: BodyFormat;
  readonly payload: unknown;
  readonly problem?: string | undefined;
}

/**
 * A delivery, with whatever is known of it besides, whose body is read when somebody first asks, and once. Never throws,
 * whatever the body holds. `clean` is applied to the payload before anybody sees it.
 */
export function parseDelivery<Known extends Delivery>(
  delivery: Known,
  clean: (payload: unknown) => unknown = (payload) => payload,
): Known & Parsed {
  let reading: Reading | undefined;
  return addReading(delivery, () => {
    if (!reading) {
      const found = readOnce(delivery);
      reading = { ...found, payload: clean(found.payload) };
    }
    return reading;
  });
}

const addReading = defineParts<Omit<Parsed, keyof Delivery>, () => Reading>({
  format: (read) => read().format,
  payload: (read) => read().payload,
  problem: (read) => read().problem,
});

/** A large body is read to verify it and again to decide: the reading is found again as long as memory is not needed. */
const readings = new WeakMap<Buffer, WeakRef<Reading>>();
const LARGE = 65_536;

function readOnce(delivery: Delivery): Reading {
  if (delivery.body.length < LARGE) return readBody(delivery);
  const known = readings.get(delivery.body)?.deref();
  if (known) return known;
  const reading = readBody(delivery);
  readings.set(delivery.body, new WeakRef(reading));
  return reading;
}

function readBody({ headers, query, body }: Delivery): Reading {
  const declared = headers['content-type'];
  const contentType = typeof declared === 'string' ? declared : '';
  const mediaType = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (body.length === 0) return readQuery(query);
  if (mediaType === 'multipart/form-data') return settle('form', parseMultipart(body, contentType), '');

  const { text, problem } = decodeBody({ headers, body });
  if (problem && !isText(mediaType)) return { format: 'binary', payload: undefined, problem: 'The body is not text.' };
  if (text.trim() === '') return readQuery(query);
  const reading = readText(text, mediaType);
  return problem ? { ...reading, problem: reading.problem ?? problem } : reading;
}

/** Whoever sends no body says everything in the address. */
function readQuery(query: Delivery['query']): Reading {
  const fields = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  const shown = fields.filter(([, value]) => value !== MASK);
  if (shown.length === 0) return { format: 'empty', payload: undefined };
  return settle('form', fromFields(shown), '');
}

function readText(text: string, mediaType: string): Reading {
  if (JSON_LINES.test(mediaType)) return settle('json', parseJsonLines(text), text);
  if (/[/+]json$/.test(mediaType)) return settle('json', parseJsonBody(text), text);
  if (/[/+]xml$/.test(mediaType)) return settle('xml', parseXml(text), text);
  if (mediaType === 'application/x-www-form-urlencoded') return readDeclaredForm(text);
  return sniff(text);
}

/** What a sender without a clear content type seems to mean. A wrong guess is text, not a problem. */
function sniff(text: string): Reading {
  const start = text.trimStart().slice(0, 100);
  if (/^[{[]/.test(start)) {
    const outcome = parseJsonBody(text);
    if (outcome.ok || start.startsWith('{')) return settle('json', outcome, text);
  }
  if (/^<(\?xml\s|[a-z_](?!tml\b))/i.test(start)) {
    const outcome = parseXml(text);
    if (outcome.ok || start.startsWith('<?xml')) return settle('xml', outcome, text);
  }
  if (/^[\w.%+~[\]-]+=[^&\s]*(?:&[\w.%+~[\]-]+=[^&\s]*)*&?$/.test(text.trim())) {
    return settle('form', parseForm(text.trim()), text);
  }
  return { format: 'text', payload: text };
}

/** Command-line tools call any body a form unless told otherwise. */
function readDeclaredForm(text: string): Reading {
  if (/^\s*[{[]/.test(text)) {
    const outcome = parseJsonBody(text);
    if (outcome.ok) return settle('json', outcome, text);
  }
  return settle('form', parseForm(text.trim()), text);
}

function settle(format: BodyFormat, outcome: ParseOutcome, text: string): Reading {
  if (!outcome.ok) return { format: 'text', payload: text || undefined, problem: outcome.problem };
  return { format, payload: outcome.payload, problem: outcome.problem };
}

const JSON_LINES = /^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)$/;

function isText(mediaType: string): boolean {
  return JSON_LINES.test(mediaType) || /^text\/|[/+](json|xml)$|^application\/x-www-form-urlencoded$/.test(mediaType);
}
