import type { PartPath } from '../connection/payload-refused.ts';

const WORDS: readonly (readonly [part: string, words: string])[] = [
  ['fields', 'a field'],
  ['options', 'an entry of a menu'],
  ['components', 'a button'],
  ['image', 'the picture'],
  ['thumbnail', 'the picture'],
  ['icon_url', 'a picture'],
  ['url', 'a link'],
  ['author', 'the author'],
  ['footer', 'the footer'],
  ['timestamp', 'the time'],
  ['title', 'the title'],
  ['users', 'a mention'],
  ['roles', 'a mention'],
  ['content', 'the first line'],
  ['message_reference', 'the message it replies to'],
];

/** What a part of a message is to people. */
export function partWords(path: PartPath): string {
  return WORDS.find(([part]) => path.includes(part))?.[1] ?? 'a part of the text';
}
