import type { BodyFormat, Delivery, Parsed } from './delivery.ts';
import { parseForm } from './parse-form.ts';
import { parseJson } from './parse-json.ts';
import { parseMultipart } from './parse-multipart.ts';
import type { ParseOutcome } from './parse-outcome.ts';
import { parseXml } from './parse-xml.ts';

/** What a body turned out to be. */
export interface Reading {
  readonly format: BodyFormat;
  readonly payload: unknown;
  readonly problem?: string | undefined;
}

/** A delivery, with whatever is known of it besides, whose body is read when somebody first asks, and once. Never throws, whatever the body holds. */
export function parseDelivery<Known extends Delivery>(delivery: Known): Known & Parsed {
  let reading: Reading | undefined;
  const read = () => {
    reading ??= readBody(delivery);
    return reading;
  };
  return {
    ...delivery,
    get format() {
      return read().format;
    },
    get payload() {
      return read().payload;
    },
    get problem() {
      return read().problem;
    },
  };
}

function readBody({ headers, body }: Delivery): Reading {
  const declared = headers['content-type'];
  const contentType = typeof declared === 'string' ? declared : '';
  const mediaType = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (body.length === 0) return { format: 'empty', payload: undefined };
  if (mediaType === 'multipart/form-data') return settle('form', parseMultipart(body, contentType), '');

  const { text, problem } = decode(body, contentType);
  if (problem && !isText(mediaType)) return { format: 'binary', payload: undefined, problem: 'The body is not text.' };
  if (text.trim() === '') return { format: 'empty', payload: undefined };
  const reading = readText(text, mediaType);
  return problem ? { ...reading, problem: reading.problem ?? problem } : reading;
}

function readText(text: string, mediaType: string): Reading {
  if (/[/+]json$/.test(mediaType)) return settle('json', parseJson(text), text);
  if (/[/+]xml$/.test(mediaType)) return settle('xml', parseXml(text), text);
  if (mediaType === 'application/x-www-form-urlencoded') return readDeclaredForm(text);
  return sniff(text);
}

/** What a sender without a telling content type seems to mean. A wrong guess is text, not a problem. */
function sniff(text: string): Reading {
  const start = text.trimStart().slice(0, 100);
  if (/^[{[]/.test(start)) {
    const outcome = parseJson(text);
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
    const outcome = parseJson(text);
    if (outcome.ok) return settle('json', outcome, text);
  }
  return settle('form', parseForm(text.trim()), text);
}

function settle(format: BodyFormat, outcome: ParseOutcome, text: string): Reading {
  if (!outcome.ok) return { format: 'text', payload: text || undefined, problem: outcome.problem };
  return { format, payload: outcome.payload, problem: outcome.problem };
}

function decode(body: Buffer, contentType: string): { readonly text: string; readonly problem?: string } {
  const charset = /;\s*charset\s*=\s*"?([^\s";]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(body) };
  } catch (error) {
    const known = !(error instanceof RangeError);
    const problem = known
      ? `The body is not valid ${charset.toUpperCase()}.`
      : `The charset \`${charset}\` is not known.`;
    return { text: new TextDecoder().decode(body), problem };
  }
}

function isText(mediaType: string): boolean {
  return /^text\/|[/+](json|xml)$|^application\/x-www-form-urlencoded$/.test(mediaType);
}
