import { remember } from '../remember.ts';

declare const LINK: unique symbol;
declare const WEB: unique symbol;

/** A web or mail address that a link may carry. Only `linkUrl` and `webUrl` make one. */
export type LinkUrl = string & { readonly [LINK]: true };
/** A web address that a link may carry. Only `webUrl` makes one. */
export type WebUrl = LinkUrl & { readonly [WEB]: true };

/** Longer addresses are not linked. */
const LENGTH_LIMIT = 2000;

/** The address as a link may carry it: http or https, not too long, and without a user name that could pass for a host; nothing for any other. */
export function webUrl(value: unknown): WebUrl | undefined {
  if (typeof value !== 'string' || value.length > LENGTH_LIMIT) return undefined;
  const address = addressOf(value);
  return address !== undefined && address.length <= LENGTH_LIMIT ? (address as WebUrl) : undefined;
}

/** The addresses of one message are often the same. */
const addressOf = remember(32, (value) => {
  const url = URL.parse(value.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return url.href.toWellFormed().replace(/[\s"'<>()[\]{}|\\^`*]/g, percentEncoded);
});

/** Like `webUrl`, and a plain mail address too. */
export function linkUrl(value: string): LinkUrl | undefined {
  const mail = /^mailto:([^\s?&@/"'<>()[\]{}|\\^`*]{1,200}@[^\s?&@/"'<>()[\]{}|\\^`*]{1,200})$/i.exec(value.trim());
  return mail ? (`mailto:${mail[1]}` as LinkUrl) : webUrl(value);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** As much of a label as is looked at. A longer one gets the real host behind it, whatever it says. */
const LOOKED_AT = 2000;
const CLAIM =
  /(?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s/?#"'()<>]*|(?<![\p{L}\p{N}_.@-])(?:(?:[\p{L}\p{N}_-]+\.)+\p{L}{2,}|\d{1,3}(?:\.\d{1,3}){3})(?![\p{L}\p{N}_-])/giu;
const FILE_NAME =
  /^[^:/]*\.(?:js|mjs|cjs|ts|tsx|jsx|json|md|txt|py|rb|go|rs|sh|java|cs|yml|yaml|toml|lock|xml|html|css|scss|php|sql|csv|log|env|png|svg|pdf)$/i;

/** A link's label, with the real host behind it when the label names another one. */
export function honestLabel(text: string, url: LinkUrl): string {
  const seen = plainLetters(text.slice(0, LOOKED_AT));
  const whole = text.length <= LOOKED_AT;
  if (whole && !seen.includes('.') && !seen.includes('://')) return text;
  const parsed = URL.parse(url);
  const real = parsed?.host || (parsed?.pathname.split('@')[1] ?? '');
  const claims = seen.match(CLAIM) ?? [];
  const honest = whole && claims.every((claim) => isFileName(claim) || hostOf(claim) === hostOf(real));
  return honest ? text : `${text} (${real})`;
}

const PLAIN_LETTERS = /^[\n\x20-\x7e]*$/;

/** An address cannot hide behind look-alike dots and letters, or invisible ones. */
function plainLetters(text: string): string {
  if (PLAIN_LETTERS.test(text)) return text;
  const seen = text.replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '');
  return seen.normalize('NFKC').replaceAll('。', '.');
}

function isFileName(claim: string): boolean {
  return FILE_NAME.test(claim) && !/^www\./i.test(claim);
}

function hostOf(claim: string): string {
  const address = claim.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  return (URL.parse(`https://${address}`)?.hostname ?? address).toLowerCase().replace(/^www\./, '');
}
