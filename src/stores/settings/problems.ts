import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Finds the line of an offset or path in a text; nothing where there is none. */
export interface Lines {
  at(offset: number): number;
  of(path: readonly PropertyKey[]): number | undefined;
}

export function createLines(text: string): Lines {
  const root = parseTree(text);
  const at = (offset: number) => text.slice(0, offset).split('\n').length;
  return {
    at,
    of(path) {
      // What is missing has no line of its own: its surroundings have.
      for (let length = path.length; root && length >= 0; length--) {
        const node = findNodeAtLocation(root, path.slice(0, length) as JSONPath);
        if (node) return at(node.offset);
      }
      return undefined;
    },
  };
}

/** Why a text is not JSON, as sentences: a comment and a name given twice would be lost at the next write, so they are refused too. */
export function syntaxProblems(text: string): readonly string[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const { at } = createLines(text);
  const [first] = errors;
  // What follows a mistake is guesswork, so only the first is reported.
  if (first) return [`line ${at(first.offset)}: ${toWords(printParseErrorCode(first.error))}.`];
  return repeatedNames(root).map(({ value, offset }) => `line ${at(offset)}: \`${value}\` is given twice.`);
}

/** What a schema found, as sentences with their lines. */
export function schemaProblems(issues: readonly Issue[], lines?: Lines): readonly string[] {
  return issues.flatMap((issue) => {
    const line = (path: readonly PropertyKey[]) => {
      const number = lines?.of(path);
      return number === undefined ? '' : `line ${number}: `;
    };
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(
        (key) =>
          `${line([...issue.path, key])}\`${toName([...issue.path, key])}\` is not a known setting. Remove it or correct its name.`,
      );
    }
    return [`${line(issue.path)}\`${toName(issue.path)}\` ${toClause(issue)}.`];
  });
}

function toClause(issue: Issue): string {
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('received undefined')
      ? 'is missing'
      : `must be ${TYPES[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'invalid_key') return 'is not one of the parts a mute can name';
  return issue.message;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  int: 'a whole number',
  number: 'a number',
};

/** The last name of a path, with what follows it: `until`, `owners[1]`. */
function toName(path: readonly PropertyKey[]): string {
  const last = path.findLastIndex((part) => typeof part === 'string');
  if (last < 0) return 'the document';
  const indexes = path.slice(last + 1).map((index) => `[${String(index)}]`);
  return `${String(path[last])}${indexes.join('')}`;
}

/** `CommaExpected` as `comma expected`. */
function toWords(code: string): string {
  if (code === 'InvalidCommentToken') return 'a comment would be lost at the next change';
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function repeatedNames(node: Node | undefined): readonly Node[] {
  const children = node?.children ?? [];
  if (node?.type !== 'object') return children.flatMap(repeatedNames);
  const names = children.flatMap(({ children: [name] = [] }) => name ?? []);
  const values = names.map(({ value }) => value);
  return [...names.filter(({ value }, index) => values.indexOf(value) < index), ...children.flatMap(repeatedNames)];
}
