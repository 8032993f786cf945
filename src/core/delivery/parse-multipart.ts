import { fromFields, tooManyFields } from './parse-form.ts';
import type { ParseOutcome } from './parse-outcome.ts';

const PART_LIMIT = 1000;

/** Reads the text fields of a multipart form. Files are left out. */
export function parseMultipart(body: Buffer, contentType: string): ParseOutcome {
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]{1,70})"|([^\s";,]{1,70}))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (!mark) return { ok: false, problem: 'The multipart form does not name its boundary.' };

  const delimiter = Buffer.from(`--${mark}`);
  const fields: [string, string][] = [];
  let start = body.indexOf(delimiter);
  for (let part = 0; start >= 0; part++) {
    if (part === PART_LIMIT) return fromFields(fields, tooManyFields);
    const end = body.indexOf(delimiter, start + delimiter.length);
    if (end < 0) break;
    const field = parseField(body.subarray(start + delimiter.length, end));
    if (field) fields.push(field);
    start = end;
  }
  if (fields.length === 0) return { ok: false, problem: 'The multipart form holds no text fields.' };
  return fromFields(fields);
}

function parseField(part: Buffer): [string, string] | undefined {
  const gap = part.indexOf('\r\n\r\n');
  if (gap < 0 || gap > 4096) return undefined;
  const headers = part.subarray(0, gap).toString();
  const disposition = /^content-disposition:[^\r\n]*$/im.exec(headers)?.[0] ?? '';
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
  if (!name || /;\s*filename/i.test(disposition)) return undefined;
  return [
    name,
    part
      .subarray(gap + 4)
      .toString()
      .replace(/\r\n$/, ''),
  ];
}
