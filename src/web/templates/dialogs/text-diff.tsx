import { lineDiff } from '../../../core/text/line-diff.ts';
import { CodeBlock } from '../../kit/text/code-block.tsx';

export interface TextDiffProps {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** How many lines that are the same are shown around those that differ. */
  readonly around?: number;
}

const CLASSES: Readonly<Record<string, string>> = { '+': 'diff-added', '-': 'diff-removed' };
const MOST = 500;

/** What differs between two texts: lines that go begin with `-`, those that come with `+`. */
export function TextDiff({ label, before, after, around = 2 }: TextDiffProps) {
  const lines = lineDiff(before, after, { around, most: MOST });
  if (!lines) return <p class="hint">The two are the same.</p>;
  return (
    <figure class="diff">
      <figcaption class="hint">{label}</figcaption>
      <CodeBlock>
        {lines.split('\n').map((line, index) => (
          <span key={index} class={CLASSES[line.charAt(0)]}>
            {line}
            {'\n'}
          </span>
        ))}
      </CodeBlock>
    </figure>
  );
}
