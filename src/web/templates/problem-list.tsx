import type { TemplateFinding } from '../../core/command/desks/template-desk.ts';
import { Words } from '../kit/words.tsx';

export interface ProblemListProps {
  readonly findings: readonly TemplateFinding[];
  readonly onShow: (finding: TemplateFinding) => void;
  readonly onFix: (finding: TemplateFinding) => void;
}

/** What is wrong with a text, or may be: each leads to its place. */
export function ProblemList({ findings, onShow, onFix }: ProblemListProps) {
  if (findings.length === 0) return null;
  return (
    <ul class="problems" aria-label="Problems">
      {findings.map((finding, index) => (
        <li key={index} class={`problem problem-${finding.level}`}>
          <span class="problem-level">{finding.level === 'mistake' ? 'Mistake' : 'Doubt'}</span>
          <p>
            {finding.line !== undefined && (
              <button type="button" class="link" onClick={() => onShow(finding)}>
                Line {finding.line}
                {finding.column !== undefined && `, column ${finding.column}`}
              </button>
            )}{' '}
            <Words text={finding.message} />
          </p>
          {finding.instead !== undefined && finding.end && (
            <button type="button" onClick={() => onFix(finding)}>
              Use <code>{finding.instead}</code>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
