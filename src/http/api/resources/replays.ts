import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError, badRequest, notFound } from '../../../core/errors.ts';
import type { EventQuery, EventStore } from '../../../core/event/event.ts';
import { toCaller } from '../caller.ts';
import { eventFilterShape, toEventQuery } from '../event-filter.ts';
import type { ApiParts } from '../parts.ts';
import { eventIdShape, replayRunShape, userShape } from '../shapes.ts';

/** More is no longer a replay that somebody watches. */
const MOST = 1_000;
const PAGE = 200;

const asked = {
  events: z.array(eventIdShape).min(1).max(MOST).optional().describe('Their numbers. Either these or a `filter`.'),
  // A slip in a name would find all events there are.
  filter: eventFilterShape
    .strict()
    .optional()
    .describe(`What finds them, as in a list of events: the newest ${MOST} of them.`),
};

/** Many events that are posted again, one after another, within Bellhop. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { journal, settings, relay, local }) => {
  const find = async ({
    events,
    filter,
  }: {
    events?: string[] | undefined;
    filter?: z.infer<typeof eventFilterShape> | undefined;
  }) => {
    if ((events === undefined) === (filter === undefined)) throw badRequest('Name either `events` or a `filter`.');
    return events ?? findAll(journal.events, toEventQuery(filter ?? {}, settings.current));
  };

  app.post(
    '/replays',
    {
      schema: {
        operationId: 'replayEvents',
        summary: 'Post many events again, the oldest first, at the pace of their channels',
        description:
          'It goes on within Bellhop, whoever watches, and one run at a time. `GET /replays` and the live stream show how far it is. With `try` it only says how many events it would be.',
        body: z.object({
          ...asked,
          try: z.boolean().optional().describe('Only say how many.'),
          user: userShape.optional().describe('Who does it: the name that others read.'),
        }),
        response: {
          200: z.object({ total: z.int(), most: z.int().describe('No more are replayed at once.') }),
          202: z.object({ replay: replayRunShape }),
        },
      },
    },
    async ({ body: { user, try: tried, ...which } }, answer) => {
      const ids = await find(which);
      if (tried) return answer.send({ total: ids.length, most: MOST });
      if (ids.length === 0) throw new AppError(404, 'not_found', 'No event matches, so there is none to replay.');
      const replay = await relay.replays.begin(ids, await toCaller(local, { user }));
      return answer.code(202).send({ replay });
    },
  );

  app.get(
    '/replays',
    {
      schema: {
        operationId: 'getReplays',
        summary: 'The run of replays that goes on, or else the last one since the start',
        response: { 200: z.object({ replay: replayRunShape.nullable() }) },
      },
    },
    async () => ({ replay: relay.replays.current() ?? null }),
  );

  app.delete(
    '/replays/:id',
    {
      schema: {
        operationId: 'stopReplays',
        summary: 'Stop a run of replays after the event that has its turn',
        params: z.object({ id: z.string().max(40) }),
        response: { 202: z.object({ replay: replayRunShape }) },
      },
    },
    async ({ params }, answer) => {
      const replay = relay.replays.current();
      if (!relay.replays.stop(params.id) || !replay) throw notFound(`A run of replays \`${params.id}\` that goes on`);
      return answer.code(202).send({ replay });
    },
  );
};

export default routes;

async function findAll(events: Pick<EventStore, 'list'>, query: Omit<EventQuery, 'limit'>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let before: string | undefined; ids.length < MOST; before = ids.at(-1)) {
    const page = await events.list({ ...query, limit: PAGE, ...(before !== undefined && { before }) });
    ids.push(...page.map(({ id }) => id));
    if (page.length < PAGE) break;
  }
  return ids;
}
