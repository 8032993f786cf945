import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { TemplateFinding } from '../../../core/command/desks/template-desk.ts';

/** Where a finding stands in a text, as far as the text still has such a place. */
export function rangeOf(
  { line, column = 1, end }: TemplateFinding,
  text: Text,
): { readonly from: number; readonly to: number } {
  const from = offsetOf(text, line ?? 1, column);
  if (end) return { from, to: Math.max(from, offsetOf(text, end.line, end.column)) };
  return { from, to: line === undefined ? from : text.lineAt(from).to };
}

/** Findings as the editor underlines them. */
export function toDiagnostics(
  findings: readonly TemplateFinding[],
  text: Text,
  onFix: (finding: TemplateFinding) => void,
): Diagnostic[] {
  return findings
    .filter(({ line }) => line !== undefined)
    .map((finding) => ({
      ...rangeOf(finding, text),
      severity: finding.level === 'mistake' ? ('error' as const) : ('warning' as const),
      message: finding.message.replaceAll('`', ''),
      ...(finding.instead !== undefined &&
        finding.end && { actions: [{ name: `Use ${finding.instead}`, apply: () => onFix(finding) }] }),
    }));
}

function offsetOf(text: Text, line: number, column: number): number {
  const { from, to } = text.line(Math.min(Math.max(line, 1), text.lines));
  return Math.min(from + Math.max(column, 1) - 1, to);
}
