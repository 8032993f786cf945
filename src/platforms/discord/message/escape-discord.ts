// `:` opens an emoji's name, perhaps one that ends in the text behind this one, or before `//` an address; a dash, plus, hash or number means something at a line's start.
const SPECIAL =
  /[\\*_~`|<>[\]()]|:(?=\/\/|[\w+~-]+:|[\w+~-]*(?![\s\S]))|^(?<space>[ \t]*)(?:[-+](?=[\s#]|$)|#(?=[#\s]|$)|(?<number>\d+)\.(?=\s|$))/gm;

/** Text as Discord shows exactly that text: no markup, no link, no mention, no emoji, no moment. */
export function escapeDiscord(text: string): string {
  const escaped = text.replace(SPECIAL, (match, _space: string | undefined, number: string | undefined) =>
    number === undefined ? `${match.slice(0, -1)}\\${match.slice(-1)}` : `${match.slice(0, -1)}\\.`,
  );
  return withoutPings(escaped);
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  '\\': '∖',
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '`': 'ˋ',
  '|': '¦',
  '<': '‹',
  '>': '›',
};

/**
 * Text on one line as both Discord and a phone's notification show it, where an escape would be seen: a character that
 * could be markup becomes one that looks alike.
 */
export function lookAlike(text: string): string {
  const tamed = text
    .replace(/[\\*~`|<>]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (character) => LOOKALIKES[character] ?? character)
    .replace(/:(?=\/\/|[\w+~-]+:)|\](?=\()|^(?=[-+#]|\d+\.)/g, '$&\u200B');
  return withoutPings(tamed);
}

/** Text for a place that knows no markup, such as a footer: nothing in it reads as a mention all the same. */
export function plainDiscord(text: string): string {
  return withoutPings(text.replace(/<(?=[@#:/]|a:|t:|id:)/g, '<\u200B'));
}

/** A zero-width space is the only thing that keeps `@everyone` from being one. */
function withoutPings(text: string): string {
  return text.includes('@') ? text.replace(/@(?=everyone|here|$)/gi, '@\u200B') : text;
}
