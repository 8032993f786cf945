import type Handlebars from 'handlebars';
import { TemplateProblem } from './problem.ts';

// Phones and office programs turn straight quotes into these.
const CURLY = /\{\{[^}]*[“”„‘’‚«»]/;

/** Parses a template's source. Throws `TemplateProblem` that says what is wrong and where. */
export function parseTemplate(handlebars: typeof Handlebars, source: string): hbs.AST.Program {
  try {
    return handlebars.parse(source);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof RangeError)
      throw new TemplateProblem('The template is nested too deeply to be read.', undefined, error);
    throw toProblem(error, source);
  }
}

/** Handlebars says where in two ways: as `lineNumber` and `column`, or with a picture that has an arrow below the place. */
function toProblem(
  error: Error & { readonly lineNumber?: number; readonly column?: number },
  source: string,
): TemplateProblem {
  const [first = '', excerpt = '', arrow = '', expecting = ''] = error.message.split('\n');
  const line = error.lineNumber ?? Number(/on line (\d+)/.exec(first)?.[1] ?? Number.NaN);
  const near = excerpt.slice(0, arrow.indexOf('^')).replace(/^\.{3}/, '');
  const column = error.column ?? columnAfter(near, source.split('\n')[line - 1] ?? '');
  const position = Number.isNaN(line) ? undefined : { line, column: column + 1 };
  if (!/^(?:Parse|Lexical) error/.test(first)) {
    return new TemplateProblem(`${first.replace(/ - \d+:\d+$/, '')}.`, position, error);
  }
  const reason = /got 'EOF'/.test(expecting)
    ? 'It ends before everything that was opened is closed'
    : CURLY.test(excerpt)
      ? 'Texts stand in straight quotes, `"` or `\'`, which phones like to turn into curly ones'
      : 'A tag, bracket, quote or value is missing, or there is one too many';
  return new TemplateProblem(
    `The template cannot be read. ${reason}${near ? `, after \`${near}\`` : ''}.`,
    position,
    error,
  );
}

/** Where in its line the place is: the picture shows what comes before it, without line breaks. */
function columnAfter(near: string, line: string): number {
  for (let start = 0; start < near.length; start++) {
    const found = line.indexOf(near.slice(start));
    if (found >= 0) return found + near.length - start;
  }
  return 0;
}
