import type { ComponentChildren } from 'preact';

/** Text as it was written. What is wider than its place scrolls by itself, and by the keyboard too. */
export function CodeBlock({
  children,
  class: look,
}: {
  readonly children: ComponentChildren;
  readonly class?: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre class={look} tabIndex={0}>
      {children}
    </pre>
  );
}
