import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest } from '../../core/errors.ts';
import { nearest } from '../../core/text/nearest.ts';

/** Refuses a query parameter that a route does not have, by its name: one misspelled would silently filter nothing. */
export function refuseUnknownQuery(app: Pick<FastifyInstance, 'addHook'>): void {
  app.addHook('preValidation', async ({ query, routeOptions: { schema } }) => {
    const described = schema?.querystring;
    const known = described instanceof z.ZodObject ? Object.keys(described.shape) : [];
    const unknown = Object.keys(query as object).find((name) => !known.includes(name));
    if (unknown === undefined) return;
    const near = nearest(unknown, known);
    const all = known.length > 0 ? `There are ${known.map((name) => `\`${name}\``).join(', ')}.` : 'There are none.';
    const hint = near ? `Did you mean \`${near}\`?` : all;
    throw badRequest(`\`${unknown.slice(0, 100)}\` is not a query parameter of this request. ${hint}`);
  });
}
