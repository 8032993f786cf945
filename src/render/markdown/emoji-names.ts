import { createRequire } from 'node:module';

/** The table of names takes 6 MB, and few texts have one. */
const require = createRequire(import.meta.url);

/** A name stands alone: `12:100:30` is a time, and `a:key:b` a path. */
const NAME = /(?<![\w:/.@`-]):([a-z0-9_+-]{1,50}):(?![\w/:`])/g;

/** A text with its emoji drawn that it has by name, as code hosts do: `:sparkles: Add` is `✨ Add`. */
export function drawEmoji(text: string): string {
  return text.replace(NAME, (whole, name: string) => emojiOf(name) ?? whole);
}

/** Whether a text has an emoji by name, as far as its colons tell. */
export function mayNameEmoji(text: string): boolean {
  return text.search(NAME) >= 0;
}

function emojiOf(name: string): string | undefined {
  const { nameToEmoji }: typeof import('gemoji') = require('gemoji');
  return Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name] : undefined;
}
