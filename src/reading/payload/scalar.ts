import { keysOf } from './keys.ts';

/** A value that is neither an object nor a list. */
export type Scalar = string | number | bigint | boolean;

export function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How databases and typed protocols wrap a scalar: `{"stringValue": "x"}`, `{"S": "x"}`, `{"$date": …}`. */
const TYPED = new Set(
  'S N BOOL stringValue integerValue doubleValue booleanValue timestampValue $date $numberLong $numberInt $numberDouble $oid #text _text'.split(
    ' ',
  ),
);
const TEXT_LIMIT = 20_000;

/** The scalar an object only wraps; nothing where the object says more. */
export function wrappedScalar(value: Readonly<Record<string, unknown>>): Scalar | undefined {
  if (value.type === 'doc' && Array.isArray(value.content)) return documentText(value.content);
  if (Object.hasOwn(value, '#text') && isScalar(value['#text'])) return value['#text'];
  let found: Scalar | undefined;
  for (const key of keysOf(value)) {
    const inner = value[key];
    if (found !== undefined || !TYPED.has(key) || !isScalar(inner)) return undefined;
    found = inner;
  }
  return found;
}

/** A value as a scalar, also where something only wraps one; nothing for empty text, objects and lists. */
export function toScalar(value: unknown): Scalar | undefined {
  if (isScalar(value)) return value === '' ? undefined : value;
  return isObject(value) ? wrappedScalar(value) : undefined;
}

/** The text of a document as editors keep it: paragraphs and lists of nodes with `text`. */
function documentText(content: readonly unknown[]): string {
  let text = '';
  const visit = (nodes: readonly unknown[], depth: number) => {
    for (const node of nodes) {
      if (text.length > TEXT_LIMIT || depth > 20 || !isObject(node)) return;
      if (typeof node.text === 'string') text += node.text;
      if (node.type === 'hardBreak') text += '\n';
      if (node.type === 'listItem') text += '• ';
      if (isObject(node.attrs) && typeof node.attrs.text === 'string') text += node.attrs.text;
      if (Array.isArray(node.content)) visit(node.content, depth + 1);
      if (node.type === 'paragraph' || node.type === 'heading') text += '\n';
    }
  };
  visit(content, 0);
  return text.trim();
}
