import type { Message } from '../../src/core/message/message.ts';
import type { Block, Inline } from '../../src/core/message/tree.ts';
import { plainText } from '../../src/core/message/tree-text.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import type { Fact } from './facts.ts';
import { isSameMoment, momentsIn, spellingsOf, type WrittenMoment } from './moments.ts';
import { holds, type Squeezed, squeeze, wordsOf } from './squeezed.ts';
import { sameAddress } from './web-addresses.ts';

/** All that a message says: title, body, fields, author, foot, and where its buttons lead. */
export interface Said {
  readonly words: Squeezed;
  readonly links: ReadonlySet<string>;
  readonly moments: readonly Omit<WrittenMoment, 'text'>[];
}

export function saidBy({ title, body, fields, author, footer, image, actions, occurredAt }: Message): Said {
  const trees = [body, ...fields.map(({ value }) => value)].map(parseMarkdown);
  const nodes = trees.flatMap((tree) => tree.flatMap(nodesIn));
  const links = actions.flatMap((action) => ('url' in action ? [action] : []));
  const texts = [
    title?.text,
    ...trees.map((tree) => tree.map((block) => plainText([block])).join('\n')),
    ...fields.map(({ name }) => name),
    author?.name,
    footer,
    image?.alt,
    ...links.map(({ label }) => label),
  ];
  const urls = [
    title?.url,
    author?.url,
    image?.url,
    ...links.map(({ url }) => url),
    ...nodes.map((node) => (node.type === 'link' ? node.url : undefined)),
  ];
  return {
    words: squeeze(texts.join('\n')),
    links: new Set(urls.flatMap((url) => (url ? [sameAddress(url)] : []))),
    moments: [
      ...texts.flatMap((text) => momentsIn(text ?? '')),
      ...nodes.flatMap((node) => (node.type === 'time' ? [{ at: node.unix * 1000, day: false }] : [])),
      ...(occurredAt ? [{ at: Date.parse(occurredAt), day: false }] : []),
    ],
  };
}

/** Whether a fact is said, in its own words or in those that a person would use. */
export function says({ words, links, moments }: Said, { kind, text, others }: Fact): boolean {
  if (kind === 'link') return links.has(text);
  const [wanted, ...more] = [text, ...others].map((name) => wordsOf(name).join(''));
  if ([wanted ?? '', ...more].some((name) => holds(words, name))) return true;
  if (kind === 'hash') return words.words.some((word) => word.length >= 7 && text.startsWith(word));
  if (kind === 'moment')
    return momentsIn(text).some(
      (moment) =>
        moments.some((known) => isSameMoment(moment, known)) ||
        spellingsOf(moment).some((day) => holds(words, wordsOf(day).join(''))),
    );
  const alone = wordsOf(text).length === 1 && text.length >= 4;
  return alone && words.words.some((word) => word.length >= 4 && rootOf(word) === rootOf(wanted ?? ''));
}

/** `failed`, `failure` and `failing` say the same of a state. */
function rootOf(word: string): string {
  return word
    .replace(/^(success|succeed).*$/, 'success')
    .replace(/(?:ures?|ings?|ions?|ed|es|s|e|d)$/, '')
    .replace(/(.)\1$/, '$1');
}

function nodesIn(node: Block | Inline): readonly (Block | Inline)[] {
  if (node.type === 'list') return [node, ...node.items.flatMap(({ children }) => children.flatMap(nodesIn))];
  if (node.type === 'table') return [node, ...node.rows.flat(2).flatMap(nodesIn)];
  if ('children' in node) return [node, ...(node.children as readonly (Block | Inline)[]).flatMap(nodesIn)];
  return [node];
}
