/** Longer words are known by their beginning: what is longer is data. */
const LONGEST = 64;
/** Scripts that put no space between words: each of their characters is a word. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]]+/gv;
const MARKS = /\p{M}+/gu;
const PLAIN = /^[\x20-\x7e\s]*$/;

/** A word that is looked for: itself, or all words that begin with it. */
export interface WantedWord {
  readonly word: string;
  readonly isBeginning: boolean;
}

/** The words of a text as they are compared: runs of letters and digits, in lower case, without accents. */
export function searchWords(text: string): readonly string[] {
  const plain = PLAIN.test(text) ? text : text.toWellFormed().normalize('NFKD').replace(MARKS, '');
  return plain.toLowerCase().match(WORDS)?.map(shorten) ?? [];
}

/** The words that somebody looks for. `inv*` stands for all words that begin so; a beginning of one or two letters is too common. */
export function wantedWords(text: string, most: number): readonly WantedWord[] {
  const wanted = text.split(/\s+/).flatMap((chunk) => {
    const words = searchWords(chunk);
    return words.map((word, index) => ({
      word,
      isBeginning: index === words.length - 1 && chunk.endsWith('*') && word.length >= 3,
    }));
  });
  return wanted.slice(0, most);
}

function shorten(word: string): string {
  return word.length > LONGEST ? word.slice(0, LONGEST).toWellFormed() : word;
}
