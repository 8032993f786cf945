import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toRhythm } from '../../../core/event/rhythm.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { isOver } from '../../../core/settings/mute.ts';
import { DAY, HOUR } from '../../../core/text/duration.ts';
import { byNameShape, nextNameShape, pageByName } from '../page-by-name.ts';
import type { ApiParts } from '../parts.ts';
import { eventShape } from '../shapes.ts';
import { toEventView } from '../views.ts';

/** Events whose times say how often one arrives. */
const RHYTHM_OF = 20;

const refusedShape = z.object({
  endpoint: z.string(),
  reason: z.string(),
  status: z.int().describe('What the senders were answered.'),
  count: z.int().describe('At most a hundred of each endpoint are kept.'),
  lastId: z.string(),
  lastAt: z.iso.datetime(),
});

/** What goes on at each endpoint at the moment. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { settings, journal, clock }) => {
  app.get(
    '/activity',
    {
      schema: {
        operationId: 'listActivity',
        summary: 'What goes on at each endpoint: its last event, how often one arrives, what is refused and muted',
        querystring: byNameShape,
        response: {
          200: z.object({
            endpoints: z.array(
              z.object({
                endpoint: z.string(),
                last: eventShape.nullable(),
                every: z.number().nullable().describe('Milliseconds from one event to the next, usually.'),
                refused: z.int().describe('Deliveries that were refused in the last day.'),
                mutes: z.int(),
              }),
            ),
            next: nextNameShape,
          }),
        },
      },
    },
    async ({ query }) => {
      const { page, ...next } = pageByName(settings.current.endpoints, ({ name }) => name, query);
      const refused = await journal.refusals.tally(new Date(clock.now().getTime() - DAY));
      const countOf = (id: string) =>
        refused.filter(({ endpointId }) => endpointId === id).reduce((sum, { count }) => sum + count, 0);
      return {
        endpoints: await Promise.all(page.map((endpoint) => toActivity(endpoint, countOf(endpoint.id)))),
        ...next,
      };
    },
  );

  app.get(
    '/refusals/recent',
    {
      schema: {
        operationId: 'countRefusals',
        summary: 'How many deliveries were refused in the last hour, by endpoint and reason',
        querystring: z.object({ endpoint: z.string().optional() }),
        response: { 200: z.object({ refused: z.array(refusedShape) }) },
      },
    },
    async ({ query: { endpoint: name } }) => {
      const tallies = await journal.refusals.tally(new Date(clock.now().getTime() - HOUR));
      const refused = tallies.flatMap(({ endpointId, lastAt, ...rest }) => {
        const endpoint = settings.current.endpoints.find(({ id }) => id === endpointId)?.name;
        if (endpoint === undefined || (name && name !== endpoint)) return [];
        return [{ endpoint, ...rest, lastAt: lastAt.toISOString() }];
      });
      return { refused };
    },
  );

  async function toActivity({ id, name }: Endpoint, refused: number) {
    const events = await journal.events.list({ endpointId: id, limit: RHYTHM_OF });
    const [last] = events;
    return {
      endpoint: name,
      last: last ? toEventView(last, settings.current) : null,
      every: toRhythm(events.map(({ receivedAt }) => receivedAt)) ?? null,
      refused,
      mutes: settings.current.mutes.filter((mute) => mute.endpointId === id && !isOver(mute, clock.now())).length,
    };
  }
};

export default routes;
