import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { LongText } from './long-text.tsx';

/** What is open at first, and how much is shown at once: a payload may be far larger than a screen. */
const OPEN = { depth: 2, entries: 30 } as const;
const SHOWN = 100;
/** Characters of a text that are shown at first. */
const TEXT = 2_000;

/** JSON to be read, with folds. What is folded is not drawn. */
export function JsonTree({ value }: { readonly value: object }) {
  return (
    <div class="json">
      <Node value={value} depth={0} />
    </div>
  );
}

interface NodeProps {
  readonly value: unknown;
  readonly name?: string;
  readonly depth: number;
}

function Node({ value, name, depth }: NodeProps) {
  const [open, setOpen] = useState(
    depth === 0 || (depth < OPEN.depth && Object.keys(Object(value)).length <= OPEN.entries),
  );
  const [shown, setShown] = useState(SHOWN);
  const key = name !== undefined && <span class="json-key">{name}: </span>;
  if (typeof value !== 'object' || value === null) {
    return (
      <div class="json-line">
        {key}
        <span class={`json-${kindOf(value)}`}>
          <LongText text={typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? '')} first={TEXT} />
        </span>
      </div>
    );
  }
  const entries = Object.entries(value);
  const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
  const brackets = Array.isArray(value) ? '[]' : '{}';
  return (
    <div>
      <Fold open={open} onToggle={() => setOpen(!open)} empty={entries.length === 0}>
        {key}
        {entries.length === 0 ? brackets : <span class="json-count">{`${brackets[0]} ${count} ${brackets[1]}`}</span>}
      </Fold>
      {open && entries.length > 0 && (
        <div class="json-inner">
          {entries.slice(0, shown).map(([inner, child]) => (
            <Node key={inner} name={inner} value={child} depth={depth + 1} />
          ))}
          {entries.length > shown && (
            <button type="button" class="link" onClick={() => setShown(shown + SHOWN)}>
              {entries.length - shown} more
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'bigint' ? 'number' : typeof value;
}

interface FoldProps {
  readonly open: boolean;
  readonly empty: boolean;
  readonly onToggle: () => void;
  readonly children: ComponentChildren;
}

function Fold({ open, empty, onToggle, children }: FoldProps) {
  if (empty) return <div class="json-line">{children}</div>;
  return (
    <button type="button" class="json-fold" aria-expanded={open} onClick={onToggle}>
      {children}
    </button>
  );
}
