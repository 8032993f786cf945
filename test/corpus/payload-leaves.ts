import { webAddresses } from './web-addresses.ts';

/** A text or number of a payload. */
export interface Leaf {
  /** Such as `commits.0.author.name`. */
  readonly path: string;
  readonly text: string;
}

const DEEP = 40;

/** Every text and number of a payload, those in JSON within a text too. */
export function* leavesOf(payload: unknown, path = '', depth = 0): Generator<Leaf> {
  if (depth > DEEP) return;
  if (typeof payload === 'number' || typeof payload === 'bigint') yield { path, text: String(payload) };
  if (typeof payload === 'string' && payload.trim() !== '') {
    const inner = embedded(payload);
    if (inner === undefined) yield { path, text: payload };
    else yield* leavesOf(inner, path, depth + 1);
  }
  if (typeof payload !== 'object' || payload === null) return;
  for (const [name, value] of Object.entries(payload))
    yield* leavesOf(value, path === '' ? name : `${path}.${name}`, depth + 1);
}

const PICTURE = /\.(png|jpe?g|gif|svg|ico|webp)(\?|$)|gravatar\.com|\/avatars?\//i;
const MACHINE = /^https?:\/\/(?:[^/]*\.)?(?:api\d*|hooks?)\.|\/(?:api|rest)\/|\{[^}]*\}/i;
const NO_PAGE =
  /(?:^|\.)(?:self|api_?url)$|(?:icon|avatar|image|thumb|photo|logo)[^.]*(?:\.[^.]+)?$|(?:hook|callback)[^.]*$/i;

/** Whether a payload has an address that a person would open: neither a picture nor a way in for machines. */
export function hasWebAddress(leaves: readonly Leaf[]): boolean {
  return leaves.some(
    ({ path, text }) =>
      webAddresses(text).some((url) => !PICTURE.test(url) && !MACHINE.test(url)) && !NO_PAGE.test(path),
  );
}

function embedded(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
