import type { Expectation } from './load-corpus.ts';
import { isSameMoment, momentsIn } from './moments.ts';
import type { Leaf } from './payload-leaves.ts';
import { firstSentence, readExpectation } from './read-expectation.ts';
import { holds, placesOf, type Span, type Squeezed, squeeze, wordsOf } from './squeezed.ts';
import { sameAddress, webAddresses } from './web-addresses.ts';

/** Something that stands in the payload and that a reader expects to be told. */
export interface Fact {
  readonly kind: 'words' | 'link' | 'moment' | 'hash';
  readonly text: string;
  /** Where in the payload it stands; nowhere for what is only a part of something there. */
  readonly paths: readonly string[];
  /** What else the same person or thing is called there. */
  readonly others: readonly string[];
}

/** Words that say nothing alone, wherever they stand. */
const EMPTY = new Set(
  'a an and are at be by for from has have i in is it its no none not null of on or so that the this to true false was were with yes you your'.split(
    ' ',
  ),
);
const HASH = /^(?=.*\d)[0-9a-f]{7,}$/;

/**
 * The facts of an expected text that stand in the payload: links, moments, names, titles, numbers and states. Of prose the
 * first sentence counts.
 */
export function factsOf(expectation: Expectation, leaves: readonly Leaf[]): readonly Fact[] {
  const { text, links, marks } = readExpectation(expectation);
  const moments = momentsIn(text);
  const page = squeeze(moments.reduce((rest, moment) => rest.replace(moment.text, ' · '), text));
  const taken: Span[] = [];
  const words = candidatesOf(leaves)
    .toSorted((one, other) => other.whole.length - one.whole.length)
    .filter((candidate) => take(candidate, page, taken))
    .map(({ text, paths }): Fact => ({ kind: 'words', text, paths, others: otherNames(paths, leaves) }));
  return [
    ...linksIn(links, leaves),
    ...momentsOf(moments, leaves),
    ...words,
    ...marksIn(marks, { page, taken, leaves }),
    ...hashesIn(page, { taken, leaves }),
  ];
}

const NAME = /^(?:name|full_?name|display_?name|user_?name|public_?name|login|slug|nick_?name|handle|email)$/i;
const PART_OF_NAME = /^(?:first|last)_?name$/i;

/** Whoever is called by one name need not be called by another. */
function otherNames(paths: readonly string[], leaves: readonly Leaf[]): readonly string[] {
  const owners = paths.flatMap((path) => {
    const [owner, key] = [path.slice(0, path.lastIndexOf('.') + 1), path.slice(path.lastIndexOf('.') + 1)];
    return NAME.test(key) || PART_OF_NAME.test(key) ? [owner] : [];
  });
  return leaves.flatMap(({ path, text }) =>
    owners.some((owner) => path.startsWith(owner) && NAME.test(path.slice(owner.length))) ? [text] : [],
  );
}

interface Candidate {
  readonly text: string;
  /** The words that must be there, and all that the leaf says. */
  readonly words: string;
  readonly whole: string;
  readonly paths: string[];
}

/** What each leaf would look like in a text. Leaves that say the same are one. */
function candidatesOf(leaves: readonly Leaf[]): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { path, text: full } of leaves) {
    if (isAddress(full)) continue;
    const text = firstSentence(full.replace(/^refs\/(heads|tags)\//, ''));
    const words = wordsOf(text).join('');
    if (words === '' || EMPTY.has(words)) continue;
    const known = found.get(words);
    if (known) known.paths.push(path);
    else found.set(words, { text, words, whole: wordsOf(full).join(''), paths: [path] });
  }
  return [...found.values()];
}

/** Whether the words stand in the text where no longer ones do; what the leaf goes on to say is taken with them. */
function take({ words, whole }: Candidate, page: Squeezed, taken: Span[]): boolean {
  const free = freePlaces(words, page, taken);
  for (const { start, end } of free) {
    let last = end;
    for (let at = 0; at < whole.length && page.text[start + at] === whole[at]; at++)
      if (page.ends.has(start + at + 1)) last = Math.max(last, start + at + 1);
    taken.push({ start, end: last });
  }
  return free.length > 0;
}

function linksIn(links: readonly string[], leaves: readonly Leaf[]): readonly Fact[] {
  const paths = new Map<string, string[]>();
  for (const { path, text } of leaves)
    for (const url of new Set([...webAddresses(text), text].map(sameAddress)))
      paths.set(url, [...(paths.get(url) ?? []), path]);
  return [...new Set(links.map(sameAddress))].flatMap((text) => {
    const found = paths.get(text);
    return found ? [{ kind: 'link' as const, text, paths: found, others: [] }] : [];
  });
}

function momentsOf(moments: ReturnType<typeof momentsIn>, leaves: readonly Leaf[]): readonly Fact[] {
  const known = leaves.flatMap(({ path, text }) => momentsIn(text).map((moment) => ({ path, moment })));
  return [...new Map(moments.map((moment) => [moment.text, moment])).values()].flatMap((moment) => {
    const paths = known.filter((other) => isSameMoment(moment, other.moment)).map(({ path }) => path);
    return paths.length > 0 ? [{ kind: 'moment' as const, text: moment.text, paths, others: [] }] : [];
  });
}

interface Around {
  readonly taken: Span[];
  readonly leaves: readonly Leaf[];
}

/** What stands out in the text, is no leaf of its own, and yet is within one. */
function marksIn(
  marks: readonly string[],
  { page, taken, leaves }: Around & { readonly page: Squeezed },
): readonly Fact[] {
  const everything = squeeze(
    leaves
      .filter(({ text }) => !isAddress(text))
      .map(({ text }) => text)
      .join('\n'),
  );
  return [...new Set(marks)].flatMap((text) => {
    const words = wordsOf(text).join('');
    const free = freePlaces(words, page, taken);
    if (free.length === 0 || EMPTY.has(words) || HASH.test(words) || !holds(everything, words)) return [];
    taken.push(...free);
    return [{ kind: 'words' as const, text, paths: [], others: [] }];
  });
}

/** The beginnings of hashes: nobody reads one to its end. */
function hashesIn(page: Squeezed, { taken, leaves }: Around): readonly Fact[] {
  const known = leaves.filter(({ text }) => HASH.test(text));
  return [...new Set(page.words.filter((word) => HASH.test(word)))].flatMap((text) => {
    const paths = known.filter((leaf) => leaf.text.startsWith(text)).map(({ path }) => path);
    return paths.length > 0 && freePlaces(text, page, taken).length > 0
      ? [{ kind: 'hash' as const, text, paths, others: [] }]
      : [];
  });
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text.trim());
}

function freePlaces(words: string, page: Squeezed, taken: readonly Span[]): readonly Span[] {
  return [...placesOf(words, page)].filter((span) => !taken.some((other) => overlap(span, other)));
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
