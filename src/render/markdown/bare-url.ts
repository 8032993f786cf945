import { webUrl } from '../../core/message/safe-link.ts';

const URL_START = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"`\uFDD0-\uFDEF]{1,2048}/giu;
const URL_HERE = /^https?:\/\/[^\s<>"`\uFDD0-\uFDEF]{1,2048}/i;

/** The web address a text begins with, without the punctuation of the sentence around it. */
export function matchUrl(text: string): string | undefined {
  const found = URL_HERE.exec(text)?.[0];
  return found && trimmed(found);
}

/** Splits text into addresses and what is between them. */
export function splitUrls(text: string): readonly { readonly text: string; readonly url?: string }[] {
  if (!text.includes('://')) return [{ text }];
  const parts: { readonly text: string; readonly url?: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(URL_START)) {
    const url = trimmed(match[0]);
    if (!url) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: url, url });
    end = match.index + url.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

function trimmed(found: string): string | undefined {
  let url = found;
  for (;;) {
    const last = url.at(-1) ?? '';
    const unbalanced =
      (last === ')' && count(url, ')') > count(url, '(')) || (last === ']' && count(url, ']') > count(url, '['));
    if (!unbalanced && !/[.,:;!?'*_~\\|}]/.test(last)) break;
    url = url.slice(0, -1);
  }
  return webUrl(url) && url;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
