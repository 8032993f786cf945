import { Tokenizer, type Tokens } from 'marked';
import { decodeEntities } from '../../core/text/entities.ts';
import { matchUrl } from './bare-url.ts';

// Up to the next character that may begin markup, a line or an address. Linear, unlike the rule it stands in for.
const TEXT = /^(?:`+|~+|[\s\S])(?:[^\\<![`*~_\nhH]|(?<=[\p{L}\p{N}])[hH]|[hH](?!ttps?:\/\/))*/u;

/** Characters that all attempts at pairing markup may look at, so that text made of openers ends in good time. */
const WORK_LIMIT = 6_000_000;
/** Longer than any link: looking further for its end only helps an attacker. */
const LINK_LIMIT = 4_096;

/**
 * The grammar of chat messages: no HTML, no reference links, no indented code, addresses without e-mail, at most so many
 * lists and quotes inside one another. `begin` comes before every text.
 */
export function createTokenizer(depthLimit: number): { readonly tokenizer: Tokenizer; begin(): void } {
  const tokenizer = new Tokenizer();
  const original = Tokenizer.prototype;
  let depth = 0;
  let work = 0;

  const nested = <T>(read: () => T): T | undefined => {
    if (depth >= depthLimit) return undefined;
    depth++;
    try {
      return read();
    } finally {
      depth--;
    }
  };
  const affordable = (length: number) => {
    work += length;
    return work <= WORK_LIMIT;
  };

  tokenizer.html = () => undefined;
  tokenizer.tag = () => undefined;
  tokenizer.def = () => undefined;
  tokenizer.code = () => undefined;
  tokenizer.reflink = () => undefined;
  tokenizer.autolink = (source) => {
    const token = source.length > 1 && original.autolink.call(tokenizer, source.slice(0, LINK_LIMIT));
    return token && /^(?:https?:\/\/|mailto:)/i.test(token.href) ? token : undefined;
  };
  tokenizer.blockquote = (source) => nested(() => original.blockquote.call(tokenizer, source));
  tokenizer.list = (source) => nested(() => original.list.call(tokenizer, source));
  tokenizer.lheading = (source) => (affordable(source.length) ? original.lheading.call(tokenizer, source) : undefined);
  tokenizer.emStrong = (source, masked, before) => {
    const opener = source.charCodeAt(0);
    if ((opener !== 42 && opener !== 95) || !affordable(source.length)) return undefined;
    return nested(() => original.emStrong.call(tokenizer, source, masked, before));
  };
  tokenizer.del = (source, masked, before) => {
    if (source.charCodeAt(0) !== 126 || !affordable(source.length)) return undefined;
    return nested(() => original.del.call(tokenizer, source, masked, before));
  };
  tokenizer.link = (source) => {
    const opener = source.charCodeAt(0);
    if (opener !== 91 && opener !== 33) return undefined;
    const near = source.slice(0, LINK_LIMIT);
    return affordable(near.length) ? nested(() => original.link.call(tokenizer, near)) : undefined;
  };
  tokenizer.url = (source) => {
    const url = matchUrl(source);
    return url === undefined ? undefined : urlToken(url);
  };
  tokenizer.inlineText = (source) => {
    const raw = TEXT.exec(source)?.[0];
    return raw === undefined ? undefined : { type: 'text', raw, text: decodeEntities(raw), escaped: false };
  };
  const begin = () => {
    work = 0;
  };
  return { tokenizer, begin };
}

function urlToken(url: string): Tokens.Link {
  return {
    type: 'link',
    raw: url,
    href: url,
    title: null,
    text: url,
    autolink: true,
    tokens: [{ type: 'text', raw: url, text: url }],
  };
}
