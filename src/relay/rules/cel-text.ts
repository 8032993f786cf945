/** A text as a condition writes it, in quotes. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;
}

/** `field == 'a'`, or `field in ['a', 'b']`; patterns with `*` as `startsWith`, `endsWith`, `contains` or `glob`. */
export function matchesAny(field: string, patterns: readonly string[]): string {
  const plain = patterns.filter((pattern) => !pattern.includes('*'));
  const [only] = plain;
  const exact =
    only === undefined
      ? []
      : [plain.length === 1 ? `${field} == ${quote(only)}` : `${field} in [${plain.map(quote).join(', ')}]`];
  const wild = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => matchesPattern(field, pattern));
  return [...exact, ...wild].join(' || ');
}

function matchesPattern(field: string, pattern: string): string {
  const simple = pattern.replace(/\*+/g, '*');
  if (simple === '*') return 'true';
  const inner = simple.replace(/^\*|\*$/g, '');
  if (inner.includes('*')) return `${field}.glob(${quote(simple)})`;
  if (simple.startsWith('*') && simple.endsWith('*')) return `${field}.contains(${quote(inner)})`;
  return simple.startsWith('*') ? `${field}.endsWith(${quote(inner)})` : `${field}.startsWith(${quote(inner)})`;
}
