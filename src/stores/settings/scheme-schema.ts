import { z } from 'zod';
import type { ProviderOption } from '../../core/provider/provider.ts';
import { schemeAxes } from '../../core/provider/scheme/scheme-axes.ts';

/** What the options of an endpoint with a scheme of its own must be, where somebody edits the file by hand. */
export const SchemeSchema = z.strictObject(
  Object.fromEntries(
    Object.entries<ProviderOption>(schemeAxes).map(([name, axis]) => [name, toShape(axis).exactOptional()]),
  ),
);

function toShape({ choices, pattern, expected }: ProviderOption): z.ZodType<string> {
  if (choices) return z.enum(choices, `must be one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`);
  return pattern ? z.string().regex(pattern, `must be ${expected}`) : z.string();
}
