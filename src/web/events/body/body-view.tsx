import { useMemo, useState } from 'preact/hooks';
import type { EventDetail } from '../../api/shapes.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { CodeBlock } from '../../kit/text/code-block.tsx';
import { JsonTree } from './json-tree.tsx';
import { LongText } from './long-text.tsx';

/** Characters of a body that are shown at first. */
const RAW = 20_000;

/** The body as it came: as a tree where it is JSON, else as text; bytes that are not text in Base64. */
export function BodyView({ body, title = 'Body' }: { readonly body: EventDetail['body']; readonly title?: string }) {
  const [raw, setRaw] = useState(false);
  const text = body.text ?? body.base64 ?? '';
  const json = useMemo(() => parse(body.text), [body.text]);
  return (
    <section class="card">
      <header class="card-head">
        <h2>{title}</h2>
        <p class="hint">
          {new Intl.NumberFormat().format(body.size)} bytes{body.contentType && `, ${body.contentType}`}
          {body.base64 && ', shown in Base64'}
        </p>
        {json && (
          <button type="button" aria-pressed={raw} onClick={() => setRaw(!raw)}>
            Raw
          </button>
        )}
        {text && <CopyButton label="Copy" text={text} />}
      </header>
      {json && !raw ? (
        <JsonTree value={json.value} />
      ) : (
        <CodeBlock class="raw">
          <LongText text={text || 'The body is empty.'} first={RAW} />
        </CodeBlock>
      )}
    </section>
  );
}

/** A browser that does not say how a number was written rounds the large ones. */
function withDigits(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  const isLong = typeof value === 'number' && !Number.isSafeInteger(value) && source && /^-?\d+$/.test(source);
  return isLong ? BigInt(source) : value;
}

function parse(text: string | null | undefined): { readonly value: object } | undefined {
  if (!text || !/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text, withDigits);
    return typeof value === 'object' && value !== null ? { value } : undefined;
  } catch {
    return undefined;
  }
}
