import { webUrl } from '../core/message/safe-link.ts';
import { maskText } from '../core/text/mask-secrets.ts';

const LIMIT = 2_000;
const IN_TEXT = /https?:\/\/[^\s<>"'`|\\^{}]{3,2000}/gi;
const PICTURE = /\.(?:png|jpe?g|gif|svg|ico|webp|bmp|mp4|woff2?|css|js)(?:[?#]|$)|\/avatars?\/|gravatar\.com/i;
const MACHINE =
  /\.(?:json|xml|zip|tar\.gz|tgz)(?:[?#]|$)|\/\/api\d*[.-]|\/\/[^/]+\/api\/(?!docs)|\/api\/v\d|\/_apis\/|\/rest\/|[{}]|basecampapi\.com|firebaseio\.com/i;

/** How a link from a payload is judged: for people, for machines, or for nobody. */
export type Address = { readonly for: 'people' | 'machines'; readonly url: string } | undefined;

/** A web address people could open: no picture, nothing that carries a secret. One of an API is marked as such. */
export function addressOf(value: unknown): Address {
  if (typeof value !== 'string' || value.length > LIMIT || !/^\s*https?:\/\/[^\s]+\s*$/i.test(value)) return undefined;
  const text = value.trim().replace(/\.git$/, '');
  const url = webUrl(withoutUser(text));
  if (!url || PICTURE.test(url) || maskText(text) !== text) return undefined;
  if (!MACHINE.test(text)) return { for: 'people', url };
  const page = pageOf(url);
  return page ? { for: 'people', url: page } : { for: 'machines', url };
}

/** The addresses within a text, whatever marks stand around them. */
export function addressesIn(text: string): readonly string[] {
  if (!text.includes('://')) return [];
  return text
    .slice(0, 20_000)
    .matchAll(IN_TEXT)
    .map(([found]) => addressOf(trimmed(found)))
    .flatMap((address) => (address?.for === 'people' ? [address.url] : []))
    .take(20)
    .toArray();
}

/** Azure and others write the account into the address, which no link may carry. */
function withoutUser(text: string): string {
  return text.replace(/^(https?:\/\/)[^\s/@:]{1,100}@/i, '$1');
}

/** The page that shows what an address of a well-known API returns. */
const PAGES: readonly (readonly [RegExp, string])[] = [
  [/^https:\/\/api\.github\.com\/repos\/([\w.-]+\/[\w.-]+)\/(?:pulls)\/(\d+)$/, 'https://github.com/$1/pull/$2'],
  [/^https:\/\/api\.github\.com\/repos\/([\w.-]+\/[\w.-]+(?:\/issues\/\d+)?)$/, 'https://github.com/$1'],
  [
    /^https?:\/\/api\.bitbucket\.org\/2\.0\/repositories\/([\w.-]+\/[\w.-]+)\/commit\/(\w+)$/,
    'https://bitbucket.org/$1/commits/$2',
  ],
  [
    /^https?:\/\/api\.bitbucket\.org\/2\.0\/repositories\/([\w.-]+\/[\w.-]+)\/pullrequests\/(\d+)$/,
    'https://bitbucket.org/$1/pull-requests/$2',
  ],
];

function pageOf(url: string): string | undefined {
  for (const [pattern, page] of PAGES) if (pattern.test(url)) return url.replace(pattern, page);
  return undefined;
}

function trimmed(found: string): string {
  let url = found;
  for (;;) {
    const last = url.at(-1) ?? '';
    const open = last === ')' ? '(' : last === ']' ? '[' : undefined;
    const unbalanced = open !== undefined && url.split(last).length > url.split(open).length;
    if (!unbalanced && !/[.,:;!?*_~]/.test(last)) return url;
    url = url.slice(0, -1);
  }
}
