/** An address that a reader may follow: http, https or mailto. Nothing for anything else, such as `javascript:`. */
export function safeUrl(url: unknown): string | undefined {
  return typeof url === 'string' && /^(https?:\/\/|mailto:)/i.test(url) && URL.canParse(url) ? url : undefined;
}

/** An address that a picture may be loaded from: https, or what this page itself serves. */
export function safeImage(url: unknown): string | undefined {
  return typeof url === 'string' && /^https:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}
