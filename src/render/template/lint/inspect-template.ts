import Handlebars from 'handlebars';
import { LIMITS } from '../../values/limits.ts';
import { checkTemplate } from '../check-template.ts';
import type { Helper } from '../helper.ts';
import { TemplateProblem } from '../problem.ts';
import { lintTemplate } from './lint-template.ts';
import type { PayloadShape } from './payload-shape.ts';

export interface InspectOptions {
  readonly helpers: ReadonlyMap<string, Helper>;
  /** Why a text cannot be compiled, partials and all. */
  readonly problemOf: (source: string) => TemplateProblem | undefined;
  /** What payloads of its events look like; unknown when absent. */
  readonly shape?: PayloadShape | undefined;
  /** The text that it is to replace: what that names, nobody is asked about. */
  readonly before?: string | undefined;
}

export interface Inspection {
  /** What must be fixed before it can be used. */
  readonly mistakes: readonly TemplateProblem[];
  /** What is probably not what was meant, though it may be. */
  readonly doubts: readonly TemplateProblem[];
}

const handlebars = Handlebars.create();

/** All that is wrong with a template, or probably not what was meant, in the order in which it stands there. */
export function inspectTemplate(source: string, { helpers, problemOf, shape, before }: InspectOptions): Inspection {
  try {
    const { problems } = checkTemplate(handlebars, source, { helpers, limits: LIMITS });
    const given = before === undefined ? new Set<string>() : pathsIn(before, helpers);
    const { mistakes, doubts } = lintTemplate(handlebars, source, { helpers, shape, given });
    const all = [...problems, ...mistakes];
    // What only shows when all of it is put together, such as a partial that is missing.
    const whole = all.length === 0 ? problemOf(source) : undefined;
    return { mistakes: inOrder(whole ? [whole] : all), doubts: inOrder(doubts) };
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return { mistakes: [error], doubts: [] };
  }
}

function pathsIn(source: string, helpers: ReadonlyMap<string, Helper>): ReadonlySet<string> {
  try {
    checkTemplate(handlebars, source, { helpers, limits: LIMITS });
    return lintTemplate(handlebars, source, { helpers }).paths;
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return new Set();
  }
}

function inOrder(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
