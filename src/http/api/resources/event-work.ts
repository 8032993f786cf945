import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError, notFound } from '../../../core/errors.ts';
import { toCaller } from '../caller.ts';
import type { ApiParts } from '../parts.ts';
import { toReplyStatus } from '../reply-status.ts';
import { askerShape, eventIdShape, userShape } from '../shapes.ts';

/** JSON writes some characters as six. How much an endpoint takes is looked at once it is read. */
const BODY_LIMIT = 32 * 1024 * 1024;
/** What the command says for programs. */
const retried = z.object({ code: z.string().optional(), retried: z.int().default(0) });

/** What people do with an event besides looking at it. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { run, local, journal, relay, toText }) => {
  app.post(
    '/events/:id/edited',
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        operationId: 'sendEditedEvent',
        summary: 'Send an event again with another body, as a new event that says who edited it',
        description:
          'It needs no signature, is decided and posted like any other event, and is never a repeat. Secrets that are masked stay masked.',
        params: z.object({ id: eventIdShape }),
        body: z.object({
          text: z.string().describe('The body.'),
          headers: z
            .record(z.string(), z.string())
            .optional()
            .describe('All headers it is to have; those of the event when left out.'),
          user: userShape.optional().describe('Who edited it: the name that others read.'),
        }),
        response: { 202: z.object({ events: z.array(z.string()).describe('The numbers of the events it became.') }) },
      },
    },
    async ({ params, body: { text, headers, user } }, answer) => {
      const event = await journal.events.get(params.id);
      if (!event) throw notFound(`Event \`${params.id}\``);
      const own = Object.entries(event.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
      const edition = { text, headers: headers ?? Object.fromEntries(own) };
      const events = await relay.editing.send(event, edition, await toCaller(local, { user }));
      return answer.code(202).send({ events: [...events] });
    },
  );

  app.post(
    '/events/:id/retry',
    {
      schema: {
        operationId: 'retryEvent',
        summary: 'Try to post now what of an event failed, or waits to be tried again',
        params: z.object({ id: eventIdShape }),
        body: askerShape,
        response: { 202: z.object({ retried: z.int().describe('How many posts are tried.') }) },
      },
    },
    async ({ params, body }, answer) => {
      if (!(await journal.events.get(params.id))) throw notFound(`Event \`${params.id}\``);
      const options = { event: params.id, retry: 'true' };
      const reply = await run({ command: 'failed', options }, await toCaller(local, body ?? {}));
      const { code, retried: count } = retried.parse(reply.data);
      if (code) throw new AppError(toReplyStatus(reply), code, toText(reply.message));
      return answer.code(202).send({ retried: count });
    },
  );
};

export default routes;
