import type { About } from '../../core/event/about.ts';
import {
  escapeMarkdown,
  type Field,
  type Markdown,
  type MessageParts,
  momentMarkdown,
} from '../../core/message/message.ts';
import type { Incoming } from '../../core/provider/provider.ts';
import { cutWords } from '../../core/text/cut-text.ts';
import { maskText } from '../../core/text/mask-secrets.ts';
import { isSecretName } from '../../core/text/secret-name.ts';
import { toPlain } from '../../reading/markup/markup.ts';
import { readPayload } from '../../reading/read-payload.ts';
import type { Reading } from '../../reading/readings/reading.ts';
import { says, toPlainTerm } from '../../reading/words.ts';
import { codeBlock } from '../markdown/code-markdown.ts';
import { humanizeLabel } from '../values/humanize.ts';
import { parseMoment } from '../values/moment.ts';
import { toLine } from '../values/values.ts';
import { type AlreadySaid, createAlreadySaid } from './already-said.ts';
import { chatLayout } from './chat-layout.ts';
import { excerptOf } from './excerpt.ts';
import { factValue } from './fact-value.ts';
import { likeTable } from './like-table.ts';

const FIELD_LIMIT = 4;
const CODE_LIMIT = 600;
const LINE_CHANGES = 3;
const TEXT_LINES = 5;

export interface LayoutParts {
  readonly event: Pick<Incoming, 'payload' | 'format' | 'problem' | 'body'>;
  readonly about: About;
}

/** A good message for an event that has no template: what it says, and the few facts that matter. */
export function genericLayout({ event, about }: LayoutParts): Partial<MessageParts> {
  if (event.problem && typeof event.payload !== 'object') {
    const why = says(about.title, event.problem) ? '' : escapeMarkdown(toLine(event.problem));
    return { body: paragraphs(why, beginning(event.body)) };
  }
  const reading = readPayload(event.payload);
  if (reading.text !== undefined) return { body: excerptOf(reading.text, about) };
  const already = createAlreadySaid(about);
  for (const said of [reading.type, reading.type && reading.words(reading.type).join(' ')]) if (said) already.add(said);
  if (reading.chat) return chatLayout(reading.chat, about, already);

  const line = factsLine(reading, about, already);
  const prose = proseOf(reading, about, already);
  const table = reading.likeThings ? likeTable(reading.likeThings) : '';
  return { body: paragraphs(line, prose, table), fields: fieldsOf(reading, about, already) };
}

/** The start of a body that could not be read, as far as it is text at all. */
function beginning(body: Buffer): Markdown {
  const text = maskText(body.subarray(0, CODE_LIMIT * 8).toString('utf8'));
  const unreadable = (text.replace(/\s/g, '').match(/[\p{Cc}\uFFFD]/gu) ?? []).length;
  return unreadable > text.length / 20 ? '' : codeBlock(cutWords(text, CODE_LIMIT));
}

/** What changed, how much it is about, and who did it: the second line, where it says more than the first. */
function factsLine({ changes, facts }: Reading, { actor, title }: About, already: AlreadySaid): Markdown {
  const parts = changes.slice(0, LINE_CHANGES).flatMap(({ label, from, to }) => {
    const [before, after] = [from, to].map((side) => (side === undefined ? undefined : cutWords(side, 60)));
    if (isSecretName(label) || already.has(`${before ?? ''} ${after ?? ''}`)) return [];
    for (const side of [before, after]) if (side) already.add(side);
    return [
      `${escapeMarkdown(label)}: ${before === undefined ? '' : `${sideOf(before)} `}→ ${after === undefined ? 'none' : `**${sideOf(after)}**`}`,
    ];
  });
  const money = facts.find(({ amount, rank }) => amount && rank < 150);
  const shown = money && factValue(money);
  if (shown && !already.has(shown.text)) {
    already.add(shown.text);
    parts.unshift(`**${shown.markdown}**`);
  }
  if (actor && !says(title, actor)) parts.push(`by ${escapeMarkdown(cutWords(actor, 80))}`);
  return parts.join(' · ');
}

/** One side of a change; a moment in the reader's own zone. */
function sideOf(side: string): Markdown {
  if (/^[a-z]+(?:_[a-z]+)+$/.test(side)) return escapeMarkdown(side.replaceAll('_', ' '));
  const moment = /^\d{4}-\d\d-\d\dT/.test(side) ? parseMoment(side) : undefined;
  return moment ? momentMarkdown(moment) : escapeMarkdown(side);
}

function proseOf({ prose, likeThings }: Reading, about: About, already: AlreadySaid): Markdown {
  for (const { text, flavour } of prose) {
    // Beside a table there is room for two lines, not for five.
    const body = excerptOf(text, about, { flavour, lines: likeThings ? 2 : TEXT_LINES });
    const plain = toPlain(body, 'markdown');
    if (body === '' || already.has(plain)) continue;
    already.add(plain);
    return body;
  }
  return '';
}

function fieldsOf({ facts }: Reading, about: About, already: AlreadySaid): readonly Field[] {
  const fields: Field[] = [];
  const add = (name: string, value: Markdown, text: string) => {
    if (
      fields.length >= FIELD_LIMIT ||
      already.has(text) ||
      fields.some((field) => field.name.toLowerCase() === name.toLowerCase())
    )
      return;
    already.add(text);
    fields.push({ name, value });
  };
  if (about.state && /\p{L}/u.test(about.state)) add('Status', escapeMarkdown(humanizeState(about.state)), about.state);
  for (const fact of facts) {
    if (fields.length >= FIELD_LIMIT) break;
    const shown = factValue(fact);
    if (shown && shown.text !== '') add(fact.label, shown.markdown, shown.text);
  }
  return fields;
}

function humanizeState(state: string): string {
  const said = toPlainTerm(state) ?? state;
  return humanizeLabel(/\p{Ll}/u.test(said) ? said : said.toLowerCase());
}

function paragraphs(...parts: readonly Markdown[]): Markdown {
  return parts.filter(Boolean).join('\n\n');
}
