import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fact } from './facts.ts';

const shape = z.array(
  z.strictObject({
    kind: z.string(),
    reason: z.string(),
    facts: z.enum(['words', 'link', 'moment', 'hash']).optional(),
    /** What the paths look like at which such a fact stands: all of them, or at least one. */
    paths: z.string(),
    anywhere: z.boolean().default(false),
  }),
);

const rules = shape
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'left-out.json'), 'utf8')))
  .map((rule) => ({ ...rule, paths: new RegExp(rule.paths, 'i') }));

/** The kind of fact that messages leave out on purpose, where this is one. */
export function leftOut({ kind, paths }: Fact): string | undefined {
  if (paths.length === 0) return undefined;
  return rules.find((rule) => {
    const fits = (path: string) => rule.paths.test(path);
    return (rule.facts ?? kind) === kind && (rule.anywhere ? paths.some(fits) : paths.every(fits));
  })?.kind;
}
