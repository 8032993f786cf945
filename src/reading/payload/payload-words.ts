import { searchWords } from '../../core/text/search-words.ts';
import { isObject, isScalar } from './scalar.ts';

/** Each word that a payload holds in its names and values, once. Of its text no more than so many characters are read. */
export function payloadWords(payload: unknown, most: number): readonly string[] {
  const words = new Set<string>();
  let left = most;

  function read(text: string): void {
    for (const word of searchWords(text.slice(0, left))) words.add(word);
    left -= text.length;
  }

  function walk(value: unknown): void {
    if (left <= 0) return;
    if (isScalar(value)) read(String(value));
    else if (Array.isArray(value)) for (const item of value) walk(item);
    else if (isObject(value)) for (const [name, inner] of Object.entries(value)) walk([name, inner]);
  }

  walk(payload);
  return [...words];
}
