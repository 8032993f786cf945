import type { Delivery } from './delivery.ts';

const REQUEST_LINE = /^(GET|POST|PUT|PATCH|DELETE|HEAD)\s+(\S+)(?:\s+HTTP\/[\d.]+)?$/i;
const HEADER_LINE = /^\s*(?:-H\s+)?(['"]?)([!#$%&*+.^_|~0-9A-Za-z-]+)\s*:\s*(.*?)\1\s*\\?$/;

/**
 * A delivery as people copy it out of a sender's log: a request line if there is one, headers, an empty line, the body. Gives
 * back each body that it may have had, for copying loses line ends; nothing where the text holds no header.
 */
export function parsePasted(
  pasted: string,
  { path, now }: { readonly path: string; readonly now: Date },
): readonly Delivery[] | undefined {
  // A chat with a single line to type in leaves line breaks to be written out.
  const text = pasted.includes('\n') ? pasted.replaceAll('\r\n', '\n') : pasted.replaceAll('\\n', '\n');
  const lines = text.split('\n');
  const [, method = 'POST', target = path] = REQUEST_LINE.exec(lines[0]?.trim() ?? '') ?? [];
  if (REQUEST_LINE.test(lines[0]?.trim() ?? '')) lines.shift();
  const headers: Record<string, string> = {};
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') break;
    const [, , name, value = ''] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined) break;
    headers[name.toLowerCase()] = value;
  }
  if (Object.keys(headers).length === 0) return undefined;
  const body = lines.slice(lines[at]?.trim() === '' ? at + 1 : at).join('\n');
  const query = Object.fromEntries(new URLSearchParams(target.split('?')[1] ?? ''));
  const search = target.includes('?') ? target.slice(target.indexOf('?')) : '';
  const bodies = [...new Set([body, `${body}\n`, body.replace(/\n+$/, ''), body.replaceAll('\n', '\r\n')])];
  return bodies.map((each) => ({
    method: method.toUpperCase(),
    url: path + search,
    headers,
    query,
    body: Buffer.from(each),
    receivedAt: now,
    remoteAddress: '127.0.0.1',
  }));
}
