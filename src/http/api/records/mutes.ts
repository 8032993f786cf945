import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { muteTimesText } from '../../../core/settings/describe-mute.ts';
import { describeMatch, isOver, isPaused } from '../../../core/settings/mute.ts';
import type { ApiParts } from '../parts.ts';

/** Held posts that are counted for each mute. */
const COUNTED = 1_000;

/** What is muted. Commands mute and unmute. */
export const muteRoutes: FastifyPluginAsyncZod<ApiParts> = async (app, { settings, journal, clock }) => {
  app.get(
    '/mutes',
    {
      schema: {
        operationId: 'listMutes',
        summary: 'What is muted, until when, by whom and why; those that end first come first',
        querystring: z.object({ endpoint: z.string().optional() }),
        response: {
          200: z.object({
            mutes: z.array(
              z.object({
                id: z.string(),
                endpoint: z.string(),
                match: z.string().describe('Which events it holds, such as `source=acme/api`, or `everything`.'),
                times: z.string().describe('When it holds besides its end, in words; empty where it always does.'),
                until: z.string().nullable(),
                paused: z.boolean().describe('Whether it holds nothing at this hour.'),
                reason: z.string().nullable(),
                by: z.string(),
                createdAt: z.string(),
                held: z.int().describe(`Messages that it holds; at most ${COUNTED} are counted.`),
              }),
            ),
          }),
        },
      },
    },
    async ({ query: { endpoint: name } }) => {
      const now = clock.now();
      const { endpoints } = settings.current;
      const nameOf = (endpointId: string) => endpoints.find(({ id }) => id === endpointId)?.name ?? 'deleted';
      const mutes = settings.current.mutes
        .filter((mute) => !isOver(mute, now) && (!name || nameOf(mute.endpointId) === name))
        .toSorted((a, b) => endOf(a.until) - endOf(b.until));
      return {
        mutes: await Promise.all(
          mutes.map(async ({ until, ...mute }) => ({
            id: mute.id,
            endpoint: nameOf(mute.endpointId),
            match: describeMatch(mute),
            times: muteTimesText(mute, endpoints),
            until: until ?? null,
            paused: isPaused(mute, now),
            reason: mute.reason ?? null,
            by: mute.by,
            createdAt: mute.createdAt,
            held: (await journal.posts.list({ muteId: mute.id, state: 'held', limit: COUNTED })).length,
          })),
        ),
      };
    },
  );
};

/** Those that never end by themselves come last. */
function endOf(until: string | undefined): number {
  return until === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(until);
}
