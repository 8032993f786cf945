import type { RefObject } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import type { TemplateFinding } from '../../core/command/desks/template-desk.ts';
import type { TemplateWords } from '../api/template-shapes.ts';
import { Failure } from '../kit/failure.tsx';
import { CodeEditor, type CodeHandle } from './code/code-editor.tsx';
import { helperAt } from './code/complete.ts';
import { ProblemList } from './problem-list.tsx';

export interface TemplateWritingProps {
  readonly label: string;
  readonly text: string;
  readonly words: TemplateWords | undefined;
  readonly findings: readonly TemplateFinding[];
  /** Why there is no help with writing. */
  readonly problem: string | undefined;
  readonly onRetry: () => void;
  readonly onChange: (text: string) => void;
  readonly code: RefObject<CodeHandle | null>;
}

/** The editor with all that helps with writing. */
export function TemplateWriting({
  label,
  text,
  words,
  findings,
  problem,
  onRetry,
  onChange,
  code,
}: TemplateWritingProps) {
  const [cursor, setCursor] = useState(0);
  const keys = useId();
  const helper = useMemo(() => words && helperAt(text, cursor, words), [words, text, cursor]);
  return (
    <div class="template-writing">
      <CodeEditor
        handle={code}
        text={text}
        words={words}
        findings={findings}
        label={label}
        describedBy={keys}
        onChange={onChange}
        onCursor={setCursor}
      />
      <p class="helper-line">
        {helper ? (
          <>
            <code>{helper.name}</code> {helper.summary} <code class="hint">{helper.example}</code>
          </>
        ) : (
          <span class="hint">
            Markdown, with <code>{'{{paths}}'}</code> of the payload and <code>{'{{helpers}}'}</code>
          </span>
        )}
      </p>
      <p class="unseen" role="status">
        {countOf(findings)}
      </p>
      {problem && <Failure message={problem} onRetry={onRetry} />}
      <ProblemList
        findings={findings}
        onShow={(finding) => code.current?.show(finding)}
        onFix={(finding) => code.current?.fix(finding)}
      />
      <p class="keys hint" id={keys}>
        <kbd>Ctrl</kbd>+<kbd>Space</kbd> completes · <kbd>F8</kbd> next problem · <kbd>Ctrl</kbd>+<kbd>Enter</kbd>{' '}
        previews · <kbd>Ctrl</kbd>+<kbd>S</kbd> saves · <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor
      </p>
    </div>
  );
}

function countOf(findings: readonly TemplateFinding[]): string {
  if (findings.length === 0) return 'No problems';
  return findings.length === 1 ? '1 problem' : `${findings.length} problems`;
}
