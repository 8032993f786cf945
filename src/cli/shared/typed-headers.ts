import { badRequest } from '../../core/errors.ts';
import type { Value } from './verb.ts';

/** Headers as they are typed, `x-github-event: push`, with names in lower case. Throws `AppError`. */
export function typedHeaders(typed: Value): Readonly<Record<string, string>> {
  const lines = [typed].flat().filter((line) => typeof line === 'string');
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/s.exec(line) ?? [];
      if (!name) throw badRequest(`\`${line}\` is not a header. Write it as \`--header "x-github-event: push"\`.`);
      return [name.toLowerCase(), (value ?? '').trim()];
    }),
  );
}
