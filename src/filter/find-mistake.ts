import { didYouMean } from '../core/text/nearest.ts';
import { ABOUT_PARTS, FUNCTIONS, OWN_NAMES } from './environment.ts';
import { Mistake, placeOf } from './explain-mistake.ts';
import { isNode, type Node, visit } from './tree.ts';

const ORDER = ['<', '<=', '>', '>='];
const COMPARISONS = [...ORDER, '==', '!='];
const NOT_TEXT = ['paths', 'tags', 'labels'];

/** What the library would only find while it runs a condition, or would find and name by something else. */
export function findMistake(ast: unknown, text: string): Mistake | undefined {
  const found: Mistake[] = [];
  visit(ast, (node) => {
    const mistake = wrongFunction(node, text) ?? wrongPart(node, text) ?? wrongComparison(node, text);
    if (mistake) found.push(mistake);
  });
  return found[0];
}

function wrongFunction({ op, args, start, end }: Node, text: string): Mistake | undefined {
  const [name]: readonly unknown[] = op === 'rcall' && Array.isArray(args) ? args : [];
  if (typeof name !== 'string' || FUNCTIONS.includes(name) || name === OWN_NAMES.matches) return undefined;
  const hint = didYouMean(name, FUNCTIONS);
  return hint ? new Mistake(`There is no function \`${name}\` (${placeOf(text, start, end)}).${hint}`) : undefined;
}

/** The part of the about that a node names. */
function partOf(node: unknown): string | undefined {
  if (!isNode(node) || node.op !== '.' || !Array.isArray(node.args)) return undefined;
  const [of, name]: readonly unknown[] = node.args;
  return isNode(of) && of.op === 'id' && of.args === 'about' && typeof name === 'string' ? name : undefined;
}

function wrongPart(node: Node, text: string): Mistake | undefined {
  const part = partOf(node);
  if (part === undefined || ABOUT_PARTS.includes(part)) return undefined;
  const known = ABOUT_PARTS.map((name) => `about.${name}`);
  return new Mistake(
    `\`about.${part}\` is not known (${placeOf(text, node.start, node.end)}).${didYouMean(`about.${part}`, known) || ` An event’s about has ${ABOUT_PARTS.join(', ')}.`}`,
  );
}

function wrongComparison({ op, args, start, end }: Node, text: string): Mistake | undefined {
  if (!COMPARISONS.includes(op) || !Array.isArray(args)) return undefined;
  const sides: readonly unknown[] = args;
  const part = sides.map(partOf).find((name) => name !== undefined);
  if (part === undefined || NOT_TEXT.includes(part)) return undefined;
  const place = placeOf(text, start, end);
  if (part === 'severity' && ORDER.includes(op))
    return new Mistake(
      `As texts severities have no order (${place}). Write \`severity>=warning\`, or \`about.severity in ['warning', 'critical']\`.`,
    );
  const number = sides.find((side) => isNode(side) && side.op === 'value' && isNumber(side.args));
  return number ? new Mistake(`\`about.${part}\` is text and cannot be compared with a number (${place}).`) : undefined;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}
