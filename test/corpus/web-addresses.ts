const ADDRESS = /https?:\/\/[^\s"'<>|`\\]+/gi;

/** The web addresses in a text. */
export function webAddresses(text: string): readonly string[] {
  return Array.from(text.matchAll(ADDRESS), ([url]) => url.replace(/[).,;:!?\]]+$/, ''));
}

/** One spelling for an address, however it was encoded and whether it ends with a slash. */
export function sameAddress(url: string): string {
  const plain = URL.parse(url.trim())?.href ?? url.trim();
  return decode(plain)
    .replace(/^https?:\/\//, '')
    .replace(/\/+(?=$|\?|#)/, '')
    .toLowerCase();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
