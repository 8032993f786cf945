import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError, notFound } from '../../../core/errors.ts';
import { muteTimesText } from '../../../core/settings/describe-mute.ts';
import { describeMatch, isPaused } from '../../../core/settings/mute.ts';
import { toCaller } from '../caller.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { nextOf } from '../next-of.ts';
import type { ApiParts } from '../parts.ts';
import { toReplyStatus } from '../reply-status.ts';
import { limitShape, muteShape, nextShape } from '../shapes.ts';

/** Held posts that are counted for each mute. */
const COUNTED = 1_000;

const id = z.string().max(100);

/** What is kept quiet. A mute is made by the command `mute`, which reads times and conditions as people write them. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { settings, journal, clock, run, local, toText }) => {
  app.get(
    '/mutes',
    {
      schema: {
        operationId: 'listMutes',
        summary: 'Mutes that stand, newest first',
        querystring: z.object({
          endpoint: z.string().optional().describe('Its name or id.'),
          before: id.optional(),
          limit: limitShape(200, 50),
        }),
        response: { 200: z.object({ mutes: z.array(muteShape), next: nextShape }) },
      },
    },
    async ({ query: { endpoint: name, before, limit } }) => {
      const endpoint = endpointNamed(name, settings.current);
      const all = settings.current.mutes
        .filter(({ endpointId }) => !endpoint || endpointId === endpoint.id)
        .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id));
      const from = before === undefined ? 0 : all.findIndex((mute) => mute.id === before) + 1;
      if (before !== undefined && from === 0) throw notFound(`The mute \`${before}\``);
      const page = all.slice(from, from + limit);
      return {
        mutes: await Promise.all(
          page.map(async ({ endpointId, match, where, until, ends, reason, by, createdAt, ...mute }) => ({
            id: mute.id,
            endpoint: settings.current.endpoints.find((known) => known.id === endpointId)?.name ?? 'deleted',
            holds: describeMatch({ match, ...(where && { where }) }),
            match: { ...match },
            where: where ?? null,
            until: until ?? null,
            ends: ends ?? null,
            reason: reason ?? null,
            by,
            createdAt,
            times: muteTimesText({ ...mute, ...(ends && { ends }) }, settings.current.endpoints),
            paused: isPaused(mute, clock.now()),
            held: (await journal.posts.list({ muteId: mute.id, state: 'held', limit: COUNTED })).length,
          })),
        ),
        ...nextOf(page, limit),
      };
    },
  );

  app.delete(
    '/mutes/:id',
    {
      schema: {
        operationId: 'endMute',
        summary: 'End a mute now; its channels get a digest of what was held',
        params: z.object({ id }),
        response: { 200: z.object({ ended: z.literal(true), text: z.string().describe('What was done, in words.') }) },
      },
    },
    async ({ params }) => {
      const mute = settings.current.mutes.find((known) => known.id === params.id);
      if (!mute) throw notFound(`The mute \`${params.id}\``);
      const reply = await run(
        { command: 'unmute', options: { endpoint: mute.endpointId, mute: params.id } },
        await toCaller(local),
      );
      const status = toReplyStatus(reply);
      if (status !== 200) throw new AppError(status, 'refused', toText(reply.message));
      return { ended: true as const, text: toText(reply.message) };
    },
  );
};

export default routes;
