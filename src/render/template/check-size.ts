import type { Limits } from '../values/limits.ts';
import { type Position, TemplateProblem } from './problem.ts';

const MARK = /\{\{[~{]?([#^/!]?)|\}\}|[()]|$/g;

/**
 * Refuses a template that would keep the parser busy: its time grows with the square of what stands within braces, and more
 * with its depth.
 */
export function checkSize(source: string, limits: Limits): void {
  if (source.length > limits.source)
    throw new TemplateProblem(`The template is longer than ${said(limits.source)} characters.`);
  let [tags, within, blocks, parentheses, open] = [0, 0, 0, 0, -1];
  for (const { 0: mark, 1: kind, index } of source.matchAll(MARK)) {
    if (mark.startsWith('{{')) {
      tags++;
      if (open < 0) open = index;
      if (kind === '#' || kind === '^') blocks++;
      if (kind === '/') blocks--;
    } else if (open >= 0) {
      if (mark === '(') parentheses++;
      if (mark === ')') parentheses--;
    }
    const length = within + (open < 0 ? 0 : index - open);
    if (mark === '}}') [open, within, parentheses] = [-1, length, 0];

    const reason =
      (tags > limits.tags && `has more than ${said(limits.tags)} pairs of braces`) ||
      (length > limits.tagged && `has more than ${said(limits.tagged)} characters within braces`) ||
      (blocks > limits.depth && `nests blocks more than ${limits.depth} deep`) ||
      (parentheses > limits.depth && `nests parentheses more than ${limits.depth} deep`);
    if (reason) throw new TemplateProblem(`The template ${reason}.`, positionAt(source, index));
  }
}

function positionAt(source: string, index: number): Position {
  const lines = source.slice(0, index).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function said(limit: number): string {
  return limit.toLocaleString('en-US');
}
