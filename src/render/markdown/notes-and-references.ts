import { outsideCode } from './outside-code.ts';

const CALLOUT =
  /^([ \t>]{0,20}>[ \t]?)\[!(note|tip|important|warning|caution|danger|info)\][+-]?[ \t]*(?:\n[ \t>]{0,20}>[ \t]?)?/gim;
const NOTE = /^ {0,3}\[\^([^\]\s]{1,50})\]:[ \t]*/gm;
const NOTE_SIGN = /\[\^([^\]\s]{1,50})\]/g;
const DEFINITION =
  /^ {0,3}\[(?!\^)([^[\]\n]{1,200})\]:[ \t]*\n?[ \t]*<?([^\s<>]{1,2000})>?(?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?[ \t]*(?:\n|$)/gm;
const REFERENCE =
  /\[((?:!\[[^[\]\n]{0,200}\]\([^()\n]{0,500}\)|[^[\]\n]){1,500})\](?:\[([^[\]\n]{0,200})\])?(?![(:[])/g;
const RAISED = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/** What code hosts know beyond plain Markdown: callouts, footnotes and links defined elsewhere in the text. Code stays as it is. */
export function withNotesAndReferences(markdown: string): string {
  return withReferences(withNotes(withCallouts(markdown)));
}

function withCallouts(markdown: string): string {
  if (!markdown.includes('[!')) return markdown;
  return outsideCode(markdown, (text) =>
    text.replace(CALLOUT, (_, before: string, kind: string) => `${before}**${capitalized(kind)}:** `),
  );
}

/** A footnote's sign is its number; signs that nothing explains stay as they are. */
function withNotes(markdown: string): string {
  if (!markdown.includes('[^')) return markdown;
  const numbers = new Map<string, string>();
  outsideCode(markdown, (text) => {
    for (const [, name = ''] of text.matchAll(NOTE))
      if (!numbers.has(name)) numbers.set(name, raised(numbers.size + 1));
    return text;
  });
  if (numbers.size === 0) return markdown;
  return outsideCode(markdown, (text) =>
    text
      .replace(NOTE, (whole, name: string) => `${numbers.get(name) ?? whole} `)
      .replace(NOTE_SIGN, (whole, name: string) => numbers.get(name) ?? whole),
  );
}

function withReferences(markdown: string): string {
  if (!markdown.includes(']:')) return markdown;
  const addresses = new Map<string, string>();
  const rest = outsideCode(markdown, (text) =>
    text.replace(DEFINITION, (_, label: string, address: string) => {
      if (!addresses.has(keyOf(label))) addresses.set(keyOf(label), address);
      return '';
    }),
  );
  if (addresses.size === 0) return markdown;
  const resolve = (text: string) =>
    text.replace(REFERENCE, (whole, words: string, label: string | undefined) => {
      const address = addresses.get(keyOf(label || words));
      return address === undefined ? whole : `[${words}](<${address}>)`;
    });
  // An image may be the words of a link.
  return outsideCode(rest, (text) => resolve(resolve(text)));
}

function keyOf(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

function raised(number: number): string {
  return [...String(number)].map((digit) => RAISED[Number(digit)]).join('');
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
