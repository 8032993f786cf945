import type { HelperDescription } from '../../core/command/desks/template-desk.ts';

/** Every helper with its one line of help and an example. */
export function HelperList({ helpers }: { readonly helpers: readonly HelperDescription[] }) {
  return (
    <details class="helper-list">
      <summary>All {helpers.length} helpers</summary>
      <dl>
        {[...helpers]
          .sort((a, b) => a.name.localeCompare(b.name))
          .map(({ name, summary, example }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                {summary}
                <code class="hint">{example}</code>
              </dd>
            </div>
          ))}
      </dl>
    </details>
  );
}
