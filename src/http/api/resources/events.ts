import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError, notFound } from '../../../core/errors.ts';
import type { HookEvent } from '../../../core/event/event.ts';
import { describeGaps } from '../../../core/event/searching/body-index.ts';
import { toCaller } from '../caller.ts';
import { toCurl } from '../curl.ts';
import { eventFilterShape, toEventQuery } from '../event-filter.ts';
import { toLinkedPost } from '../linked-post.ts';
import { nextOf } from '../next-of.ts';
import type { ApiParts } from '../parts.ts';
import { toReplyStatus } from '../reply-status.ts';
import {
  aboutShape,
  askerShape,
  bodyShape,
  decisionShape,
  drawingShape,
  eventDetailShape,
  eventIdShape,
  eventShape,
  limitShape,
  nextShape,
} from '../shapes.ts';
import { toDrawingView, toEventView, toSubjectView } from '../views.ts';

const POSTS_SHOWN = 100;
/** What the command says for programs: the posts it owes, or why there are none. */
const replayed = z.object({
  code: z.string().optional(),
  posts: z.array(z.object({ id: z.string(), platform: z.string(), channelName: z.string() })).default([]),
});

/** What arrived, what was decided, and what became of it. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (
  app,
  { run, local, journal, clock, settings, relay, draw, toText, providers, platforms, address },
) => {
  app.get(
    '/events',
    {
      schema: {
        operationId: 'listEvents',
        summary: 'Events, newest first',
        querystring: eventFilterShape.extend({
          before: eventIdShape.optional(),
          limit: limitShape(200, 50),
        }),
        response: {
          200: z.object({
            events: z.array(eventShape),
            next: nextShape,
            gaps: z
              .string()
              .optional()
              .describe('What a search in bodies leaves out, as a sentence; absent where it leaves out nothing.'),
          }),
        },
      },
    },
    async ({ query: { limit, before, ...filter } }) => {
      const query = toEventQuery(filter, settings.current);
      const events = await journal.events.list({ ...query, limit, ...(before !== undefined && { before }) });
      const gaps = filter.body ? describeGaps(await journal.bodies.coverage(), (at) => at.toISOString()) : undefined;
      return {
        events: events.map((event) => toEventView(event, settings.current)),
        ...nextOf(events, limit),
        ...(gaps !== undefined && { gaps }),
      };
    },
  );

  app.get(
    '/events/:id',
    {
      schema: {
        operationId: 'getEvent',
        summary: 'One event with its headers, body, decision and posts',
        params: z.object({ id: eventIdShape }),
        response: { 200: z.object({ event: eventDetailShape, preview: drawingShape }) },
      },
    },
    async ({ params }) => {
      const found = await journal.events.getWithPosts(params.id, POSTS_SHOWN);
      if (!found) throw notFound(`Event \`${params.id}\``);
      const [message, subject] = await Promise.all([
        relay.handling.compose(found.event),
        relay.handling.of(found.event),
      ]);
      const event = relay.read(found.event);
      return {
        event: {
          ...toEventView(event, settings.current),
          method: event.method,
          headers: event.headers,
          query: event.query,
          remoteAddress: event.remoteAddress,
          verification: event.verification,
          body: toBodyView(event, found.event.body.length),
          decision: event.decision ?? null,
          posts: (await Promise.all(found.posts.map((post) => toLinkedPost(post, platforms)))).toReversed(),
          subject: subject ? toSubjectView(subject) : null,
          curl: toCurl(event, { providers, settings: settings.current, publicUrl: address.url, now: clock.now() }),
        },
        preview: toDrawingView(draw(message), message),
      };
    },
  );

  app.get(
    '/events/:id/delivery',
    {
      schema: {
        operationId: 'getDelivery',
        summary: 'The whole delivery that an event came in, where that holds several',
        params: z.object({ id: eventIdShape }),
        response: { 200: z.object({ body: bodyShape }) },
      },
    },
    async ({ params }) => {
      const [found, whole] = await Promise.all([journal.events.get(params.id), journal.events.whole(params.id)]);
      if (!found || !whole) throw notFound(`A delivery of several events with event \`${params.id}\``);
      return { body: toBodyView(relay.read({ ...found, ...whole }), whole.body.length) };
    },
  );

  app.post(
    '/events/:id/replay',
    {
      schema: {
        operationId: 'replayEvent',
        summary: 'Post an event again, on every route it has now',
        params: z.object({ id: eventIdShape }),
        body: askerShape,
        response: {
          202: replayed.pick({ posts: true }),
        },
      },
    },
    async ({ params, body }, answer) => {
      if (!(await journal.events.get(params.id))) throw notFound(`Event \`${params.id}\``);
      const reply = await run({ command: 'replay', options: { event: params.id } }, await toCaller(local, body ?? {}));
      const { code, posts } = replayed.parse(reply.data);
      if (code) throw new AppError(toReplyStatus(reply), code, toText(reply.message));
      return answer.code(202).send({ posts });
    },
  );

  app.get(
    '/events/:id/decision',
    {
      schema: {
        operationId: 'decideEventAgain',
        summary: 'What would be decided for an event now',
        params: z.object({ id: eventIdShape }),
        response: { 200: z.object({ about: aboutShape, decision: decisionShape }) },
      },
    },
    async ({ params }) => {
      const event = await journal.events.get(params.id);
      if (!event) throw notFound(`Event \`${params.id}\``);
      const { about, decision } = await relay.decideAgain(event);
      return { about: { ...about, ...(about.labels && { labels: { ...about.labels } }) }, decision };
    },
  );
};

export default routes;

function toBodyView({ body, headers }: Pick<HookEvent, 'body' | 'headers'>, size: number) {
  const text = toUtf8(body);
  return {
    ...(text === undefined ? { base64: body.toString('base64') } : { text }),
    size,
    contentType: headers['content-type'] ?? null,
  };
}

function toUtf8(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
