export interface PairTableProps {
  readonly caption: string;
  readonly pairs: readonly (readonly [name: string, value: string | readonly string[]])[];
  /** Whether the values are shown as they were sent. */
  readonly code?: boolean;
}

export function PairTable({ caption, pairs, code = false }: PairTableProps) {
  return (
    <section class="card">
      <h2>{caption}</h2>
      <dl class={`pairs ${code ? 'code' : ''}`}>
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : value.join('\n')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
