import { plainTextObject, type SlackBlock, type SlackMessage } from '../message/payload.ts';
import { partOf } from './answer-parts.ts';

/** A message without the parts that Slack refused. */
export interface Reduced {
  readonly payload: SlackMessage;
  /** What was left out, in words. */
  readonly left: readonly string[];
}

const PICTURE = 'a picture that Slack could not load';
const PART = 'a part that Slack did not accept';
const ABOUT_PICTURES = /image|picture/i;
const POINTER = /\[json-pointer:\s*([^\]\s]+)\]/;
/** The smallest thing around a place that a message can do without. A table's cell is not such a part. */
const REMOVABLE = /^(?:\/(?!rows\/)[^/]+)*\/(?:blocks|elements|fields|options)\/\d+/;

/**
 * Takes out of a message what Slack's problems point at, or every picture where a problem is about one and points at
 * nothing of the kind. A line says so where a whole block is gone. Gives back nothing when nothing can be told apart.
 */
export function leaveOut(payload: SlackMessage, problems: readonly string[]): Reduced | undefined {
  const pictures = picturesIn(payload, '');
  const named = problems.flatMap((problem) => {
    const place = placeOf(problem);
    const part = place === undefined ? undefined : partAt(payload, place);
    if (ABOUT_PICTURES.test(problem) && !isPicture(part)) return pictures;
    return place !== undefined && part !== undefined ? [place] : [];
  });
  const refused = new Set(problems.length > 0 ? named : pictures);
  if (refused.size === 0) return undefined;
  const left = [...refused].map((place) => (isPicture(partAt(payload, place)) ? PICTURE : PART));
  // What is taken out of a message leaves a message.
  return { payload: without(payload, '', refused) as SlackMessage, left: [...new Set(left)] };
}

function placeOf(problem: string): string | undefined {
  const pointer = POINTER.exec(problem)?.[1]?.replaceAll('\\', '');
  return pointer === undefined ? undefined : REMOVABLE.exec(pointer)?.[0];
}

const partAt = (value: unknown, place: string) => partOf(value, ...place.split('/').slice(1));

function picturesIn(value: unknown, at: string): readonly string[] {
  if (isPicture(value)) return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => picturesIn(part, `${at}/${name}`));
}

const isPicture = (part: unknown): part is Extract<SlackBlock, { type: 'image' }> => typeOf(part) === 'image';

function typeOf(part: unknown): unknown {
  return typeof part === 'object' && part !== null && 'type' in part ? part.type : undefined;
}

/** The same value without the refused places; nothing when nothing of it remains. */
function without(value: unknown, at: string, refused: ReadonlySet<string>): unknown {
  const isBlock = /\/blocks\/\d+$/.test(at);
  if (refused.has(at)) return isBlock ? toNote(value) : unlinked(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept = value.map((part, index) => without(part, `${at}/${index}`, refused));
    const some = kept.filter((part) => part !== undefined);
    return some.length > 0 || value.length === 0 ? some : undefined;
  }
  const parts = Object.entries(value).map(([name, part]) => [name, without(part, `${at}/${name}`, refused)] as const);
  if (parts.every(([, part]) => part !== undefined)) return Object.fromEntries(parts);
  return isBlock ? toNote(value) : undefined;
}

/** A link keeps its words; anything else goes. */
function unlinked(value: unknown): unknown {
  if (typeOf(value) !== 'link') return undefined;
  const { url, text = url, style } = value as { readonly url: string; readonly text?: string; readonly style?: object };
  return { type: 'text', text, ...(style && { style }) };
}

function toNote(block: unknown): SlackBlock {
  const text = isPicture(block)
    ? `${block.alt_text} (Slack could not load this picture)`
    : 'A part of this message was left out: Slack did not accept it.';
  return { type: 'context', elements: [plainTextObject(text)] };
}
