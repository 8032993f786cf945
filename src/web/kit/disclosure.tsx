import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

export interface DisclosureProps {
  readonly class: string;
  readonly summary: ComponentChildren;
  /** What the button is called, where its content does not say. */
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** A panel behind a button. It closes with Escape, and when the focus goes elsewhere. */
export function Disclosure({ class: look, summary, label, children }: DisclosureProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => details.current?.removeAttribute('open');
  return (
    <details
      class={`disclosure ${look}`}
      ref={details}
      onFocusOut={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && details.current?.contains(relatedTarget))) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !details.current?.open) return;
        close();
        details.current.querySelector('summary')?.focus();
      }}
    >
      <summary aria-label={label}>{summary}</summary>
      {/* It takes the focus of a press on its text, which would close it otherwise. */}
      <div class="panel" tabIndex={-1}>
        {children}
      </div>
    </details>
  );
}
