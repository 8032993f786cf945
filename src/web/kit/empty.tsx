import type { ComponentChildren } from 'preact';

export interface EmptyProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Whether it is all there is on the page. */
  readonly alone?: boolean;
}

/** Says that there is nothing yet, and what to do about it. */
export function Empty({ title, children, alone = false }: EmptyProps) {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <div class="empty">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

/** A command to pick: it is written on the command line, and nothing runs. */
export function Example({ text, onPick }: { readonly text: string; readonly onPick: (text: string) => void }) {
  return (
    <button type="button" class="example" onClick={() => onPick(text)}>
      <code>{text}</code>
    </button>
  );
}
