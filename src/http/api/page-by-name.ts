import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { inNaturalOrder } from '../../core/text/natural-order.ts';
import { limitShape } from './shapes.ts';

const MOST = 1_000;

/** The query parameters of a list that is ordered by name. */
export const byNameShape = z.object({
  after: z.string().max(200).optional().describe('Only those that follow this one.'),
  limit: limitShape(MOST, MOST),
});

/** The cursor of a list that is ordered by name. */
export const nextNameShape = z
  .string()
  .optional()
  .describe('Give it as `after` to see those that follow; absent on the last page.');

/** One page of what has names, in the order in which people look for them. What was removed meanwhile moves nothing. */
export function pageByName<Thing>(
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
  { after, limit }: z.infer<typeof byNameShape>,
): { readonly page: readonly Thing[]; readonly next?: string } {
  const following = things
    .filter((thing) => after === undefined || inNaturalOrder(nameOf(thing), after) > 0)
    .toSorted((one, other) => inNaturalOrder(nameOf(one), nameOf(other)));
  const { page, next } = pageAfter(following.map(nameOf), { limit });
  return { page: following.slice(0, page.length), ...(next !== undefined && { next }) };
}

/** One page of names that have an order of their own. Throws `AppError` where the one that it follows is not among them. */
export function pageAfter(
  names: readonly string[],
  { after, limit }: z.infer<typeof byNameShape>,
): { readonly page: readonly string[]; readonly next?: string } {
  const from = after === undefined ? 0 : names.indexOf(after) + 1;
  if (after !== undefined && from === 0) throw notFound(`\`${after}\``);
  const page = names.slice(from, from + limit);
  const last = page.at(-1);
  return { page, ...(last !== undefined && from + limit < names.length && { next: last }) };
}
