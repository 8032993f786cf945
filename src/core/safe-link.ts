import { cleanText } from './clean-text.ts';

/** The address as a link may carry it: http or https, at most `limit` characters; nothing for any other. */
export function webUrl(url: string | undefined, limit = 2000): string | undefined {
  return addressOf(url, limit, ['http:', 'https:']);
}

/** Like `webUrl`, and mail addresses too. */
export function linkUrl(url: string, limit = 2000): string | undefined {
  return addressOf(url, limit, ['http:', 'https:', 'mailto:']);
}

function addressOf(url: string | undefined, limit: number, schemes: readonly string[]): string | undefined {
  if (!url || url.length > limit) return undefined;
  const parsed = URL.parse(url);
  if (!parsed || !schemes.includes(parsed.protocol)) return undefined;
  const address = parsed.href.toWellFormed().replace(/[\s"'<>()[\]{}|\\^`*]/g, percentEncoded);
  return address.length <= limit ? address : undefined;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

const ADDRESS = /(?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s/?#]*|(?<![\w.@-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?![\w-])/giu;
const FILE_NAME =
  /\.(?:js|mjs|cjs|ts|tsx|jsx|json|md|txt|py|rb|go|rs|sh|java|cs|yml|yaml|toml|lock|xml|html|css|scss|php|sql|csv|log|env|png|svg|pdf)$/i;

/** A link's label, with the real host behind it when the label names another one. */
export function honestLabel(label: string, url: string): string {
  const text = cleanText(label);
  if (!text.includes('.') && !text.includes('://')) return text;
  const parsed = URL.parse(url);
  const host = parsed?.host || (parsed?.pathname.split('@')[1] ?? '');
  const claims = text.match(ADDRESS) ?? [];
  const honest = claims.every((claim) => FILE_NAME.test(claim) || hostOf(claim) === host.toLowerCase());
  return honest ? text : `${text} (${host})`;
}

function hostOf(claim: string): string {
  const address = claim.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  return (URL.parse(`https://${address}`)?.host ?? address).toLowerCase();
}
