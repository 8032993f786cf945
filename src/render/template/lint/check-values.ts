import { nearest } from '../../../core/text/nearest.ts';
import type { Helper, ValueKind } from '../helper.ts';
import { isCall, nameOf, placeOf } from '../nodes.ts';
import { type ProblemPlace, TemplateProblem } from '../problem.ts';

type Call = Pick<hbs.AST.SubExpression, 'params' | 'hash'>;

interface Mistake {
  readonly place: ProblemPlace;
  readonly message: string;
  readonly typed: string;
  readonly known: readonly string[];
  /** How a template would write what was meant. */
  readonly toText?: (word: string) => string;
}

const FLAGS = ['true', 'false'];
const SHOWN = 60;

/** What is wrong with the values that a call gives a helper, as far as the template writes them out. */
export function checkValues(name: string, helper: Helper, call: Call): readonly TemplateProblem[] {
  return [...wrongWords(name, helper, call), ...wrongNames(name, helper, call)].map(toProblem);
}

function wrongWords(name: string, { words = [] }: Helper, { params }: Call): readonly Mistake[] {
  return words.flatMap((known, at) => {
    const value = known.length > 0 ? params[at] : undefined;
    return (value ? literalsOf(value) : [])
      .filter(({ value: word }) => word.trim() !== '' && !known.includes(word.trim().toLowerCase()))
      .map((literal) => ({
        place: placeOf(literal),
        message: `\`${name}\` does not know \`${cut(literal.value)}\`.`,
        typed: literal.value,
        known,
        toText: inQuotes,
      }));
  });
}

function wrongNames(name: string, { named = {} }: Helper, { hash }: Call): readonly Mistake[] {
  if (named === 'any') return [];
  return (hash?.pairs ?? []).flatMap((pair) => {
    const kind = Object.hasOwn(named, pair.key) ? named[pair.key] : undefined;
    if (kind) return wrongValues(name, pair, kind);
    const message = `\`${name}\` takes no \`${cut(pair.key)}=\`.`;
    return [{ place: placeOfKey(pair), message, typed: pair.key, known: Object.keys(named) }];
  });
}

function wrongValues(name: string, { key, value }: hbs.AST.HashPair, kind: ValueKind): readonly Mistake[] {
  if (kind === 'text') return [];
  const known = kind === 'flag' ? FLAGS : kind === 'number' ? [] : kind;
  const fits = (text: string) =>
    kind === 'number' ? text.trim() !== '' && Number.isFinite(Number(text)) : known.includes(text);
  const wanted = kind === 'number' ? ' It is a number.' : '';
  return writtenIn(value)
    .filter(({ text }) => !fits(text))
    .map(({ text, literal }) => ({
      place: placeOf(literal),
      message: `\`${name}\` cannot use \`${key}=${cut(text)}\`.${wanted}`,
      typed: text,
      known,
      toText: kind === 'flag' ? String : inQuotes,
    }));
}

function toProblem({ place, message, typed, known, toText = String }: Mistake): TemplateProblem {
  const near = nearest(typed, known);
  if (near !== undefined)
    return new TemplateProblem(`${message} Did you mean \`${near}\`?`, { ...place, instead: toText(near) });
  const list = known.length > 0 ? ` It can be ${known.map((word) => `\`${word}\``).join(', ')}.` : '';
  return new TemplateProblem(`${message}${list}`, place);
}

/** The values that a template writes out where a value stands: the literal itself, or those that a choice is made of. */
function writtenIn(node: hbs.AST.Expression): readonly { readonly text: string; readonly literal: hbs.AST.Node }[] {
  if (node.type === 'NumberLiteral' || node.type === 'BooleanLiteral')
    return [{ text: String((node as hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value), literal: node }];
  return literalsOf(node).map((literal) => ({ text: literal.value, literal }));
}

function literalsOf(node: hbs.AST.Expression): readonly hbs.AST.StringLiteral[] {
  if (node.type === 'StringLiteral') return [node as hbs.AST.StringLiteral];
  if (!isCall(node)) return [];
  const name = nameOf(node.path);
  if (name === 'choose') return (node.hash?.pairs ?? []).flatMap((pair) => literalsOf(pair.value));
  return name === 'default' ? node.params.flatMap(literalsOf) : [];
}

/** Only the name of `name=value`. */
function placeOfKey(pair: hbs.AST.HashPair): ProblemPlace {
  const place = placeOf(pair);
  return { ...place, end: { line: place.line, column: place.column + pair.key.length } };
}

function inQuotes(word: string): string {
  return `"${word}"`;
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text;
}
