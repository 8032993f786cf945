import type { About } from '../../core/event/about.ts';
import { escapeMarkdown, type Field, type MessageParts } from '../../core/message/message.ts';
import type { Incoming } from '../../core/provider/provider.ts';
import { cutWords } from '../../core/text/cut-text.ts';
import { codeBlock } from '../markdown/code-markdown.ts';
import { htmlText } from '../markdown/html-text.ts';
import { humanize } from '../values/humanize.ts';
import { toLine } from '../values/values.ts';
import { factValue } from './fact-value.ts';
import { type Fact, factLabel, payloadFacts } from './payload-facts.ts';

const BODY_LIMIT = 600;
const CODE_LIMIT = 1_000;
const FIELD_LIMIT = 8;

const PROSE_NAMES = 'description message body text summary details content comment reason error output'.split(' ');
const PROSE = new Map(PROSE_NAMES.map((name, rank) => [name, rank]));

export interface LayoutParts {
  readonly event: Pick<Incoming, 'payload' | 'format' | 'problem' | 'body'>;
  readonly about: About;
}

/** A good message for an event that has no template: what it says, and the few facts that matter. */
export function genericLayout({ event, about }: LayoutParts): Partial<MessageParts> {
  // Most titles begin with who did it.
  const author = about.actor && !about.title.includes(about.actor) ? { author: { name: toLine(about.actor) } } : {};
  if (event.problem) {
    const why = event.problem.startsWith(about.title) ? '' : toLine(event.problem);
    return { ...author, body: beginning(event.body), footer: why };
  }
  if (typeof event.payload === 'string') return { ...author, body: textBody(event.payload, about.title) };

  const facts = payloadFacts(event.payload);
  const body = proseOf(facts, about);
  return {
    ...author,
    body: body ? escapeMarkdown(body) : itemCount(event.payload),
    fields: fieldsOf(facts, about, body),
  };
}

/** The start of a body that could not be read, as far as it is text at all. */
function beginning(body: Buffer): string {
  const text = body.subarray(0, CODE_LIMIT * 4).toString('utf8');
  const unreadable = (text.replace(/\s/g, '').match(/[\p{Cc}\uFFFD]/gu) ?? []).length;
  return unreadable > text.length / 20 ? '' : codeBlock(cutWords(text, CODE_LIMIT));
}

function textBody(text: string, title: string): string {
  const said = text.trim();
  const rest =
    said.startsWith(title.replace(/…$/, '')) && said.indexOf('\n') > 0 ? said.slice(said.indexOf('\n')).trim() : said;
  if (toLine(rest) === title) return '';
  const code = /^\s*[<{[]/.test(rest) || /\n[ \t]{2,}\S/.test(rest);
  return code ? codeBlock(cutWords(rest, CODE_LIMIT)) : escapeMarkdown(cutWords(rest, BODY_LIMIT));
}

function proseOf(facts: readonly Fact[], { title }: About): string | undefined {
  const found = facts
    .filter(({ name, value }) => PROSE.has(name) && typeof value === 'string' && !/^https?:\/\/\S+$/.test(value))
    .toSorted((a, b) => proseRank(a) - proseRank(b))
    .values()
    .map(({ value }) => String(value))
    .map((text) => (/<\/?[a-z][^<>]*>/i.test(text) ? htmlText(text.slice(0, BODY_LIMIT * 20)) : text.trim()))
    .find((text) => text.length > 0 && !title.includes(toLine(text)));
  return found && cutWords(found, BODY_LIMIT);
}

function proseRank({ name, path }: Fact): number {
  return (PROSE.get(name) ?? 0) + path.length * 3;
}

function fieldsOf(facts: readonly Fact[], about: About, body = ''): readonly Field[] {
  const fields: Field[] = [];
  const said = new Set([about.title, about.actor, about.source, about.url, body].map((text) => plain(text ?? '')));
  const add = (name: string, value: string, text = value) => {
    const shown = plain(text);
    if (
      fields.length >= FIELD_LIMIT ||
      shown === '' ||
      said.has(shown) ||
      ` ${plain(about.title)} `.includes(` ${shown} `)
    )
      return;
    if (fields.some((field) => field.name.toLowerCase() === name.toLowerCase())) return;
    said.add(shown);
    fields.push({ name, value });
  };

  if (about.state) add('Status', escapeMarkdown(humanize(toLine(about.state))), about.state);
  const telling = facts.filter(({ rank }) => rank < Number.POSITIVE_INFINITY).toSorted((a, b) => a.rank - b.rank);
  for (const fact of telling) {
    if (fields.length >= FIELD_LIMIT) break;
    const shown = factValue(fact.name, fact.value);
    if (shown && !(shown.text.length > 20 && body.includes(shown.text)))
      add(factLabel(fact), shown.markdown, shown.text);
  }
  return fields;
}

function itemCount(payload: unknown): string {
  return Array.isArray(payload) && payload.length > 1 ? `${payload.length.toLocaleString('en-US')} items` : '';
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
