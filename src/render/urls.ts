/** A web address as it will be opened; nothing for anything but http and https, or where a user name could pass for a host. */
export function toWebUrl(value: unknown): string | undefined {
  const url = typeof value === 'string' && value.length <= 4096 ? URL.parse(value.trim()) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return url.href;
}

/** What a link may point to: a web address or a plain mail address. */
export function toLinkUrl(value: string): string | undefined {
  const mail = /^mailto:([^\s?&@/]{1,200}@[^\s?&@/]{1,200})$/i.exec(value.trim());
  return mail ? `mailto:${mail[1]}` : toWebUrl(value);
}

// Common file endings that are top-level domains as well.
const FILE = /^[\w.-]+\.(?:md|rs|py|sh|pl|cc|ps|mm|so|zip|mov|app|java|cs|ml|vi|tf)$/i;
const HOST =
  /(?:https?:\/\/|\bwww\.|^|[\s("'<])((?:[\p{L}\p{N}_-]+\.)+[\p{L}]{2,}|\d{1,3}(?:\.\d{1,3}){3})(?=$|[\s/:?#)"'>,.!])/iu;

/** The host a link leads to, where its label looks like the address of another. */
export function disguisedHost(label: string, url: string): string | undefined {
  const text = plainLetters(label.slice(0, 1000));
  const shown = FILE.test(text) ? undefined : HOST.exec(text)?.[1];
  if (!shown) return undefined;
  const real = URL.parse(url)?.host || url.slice(url.indexOf('@') + 1);
  const known = URL.parse(`https://${shown}`)?.hostname ?? shown.toLowerCase();
  return bare(known) === bare(real.replace(/:\d+$/, '')) ? undefined : real;
}

/** Dots and letters that only look different, or cannot be seen, hide no address. */
function plainLetters(label: string): string {
  const seen = label.replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '');
  return seen.normalize('NFKC').replaceAll('。', '.').trim();
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
