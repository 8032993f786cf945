import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LocalMessage, MessageSpan } from '../../../core/event/local-message.ts';
import { DEFAULT_USER } from '../caller.ts';
import { nextOf } from '../next-of.ts';
import { byNameShape, nextNameShape, pageByName } from '../page-by-name.ts';
import type { ApiParts } from '../parts.ts';
import { channelMessageShape, limitShape, nextShape, userShape } from '../shapes.ts';
import { toMessageView } from '../views.ts';

/** Messages that are counted at most. */
const COUNTED = 1_000;
const FIRST_CHANNEL = 'general';

const channel = z.object({ channel: z.string().max(100) });
const id = z.string().regex(/^\d{1,15}$/, 'must be the number of a message');
const user = userShape.default(DEFAULT_USER).describe('Who reads: the name that messages show.');
const counted = z.int().describe(`At most ${COUNTED} are counted.`);

const readingShape = {
  read: id.nullable().describe('The newest message that the user has read; null where they have read nowhere yet.'),
  unread: counted,
};

/** Channels of the local platform, what is said in them, and how far it has been read. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { journal, settings, local, draw, live }) => {
  const { messages, readMarks } = journal;

  app.get(
    '/channels',
    {
      schema: {
        operationId: 'listChannels',
        summary:
          'Channels that hold a message or that a route leads to, by name, with how much of them somebody has not read',
        querystring: z.object({ user, ...byNameShape.shape }),
        response: {
          200: z.object({
            channels: z.array(z.object({ name: z.string(), lastAt: z.iso.datetime().nullable(), ...readingShape })),
            next: nextNameShape,
          }),
        },
      },
    },
    async ({ query: { user: reader, ...query } }) => {
      const known = await readMarks.list({ reader, most: COUNTED });
      const byName = new Map(known.map((each) => [each.channel, each]));
      const routed = settings.current.endpoints.flatMap(({ routes }) =>
        routes.filter(({ platform }) => platform === local.name).map(({ channel }) => channel),
      );
      const names = new Set([FIRST_CHANNEL, ...routed, ...byName.keys()]);
      const { page, ...next } = pageByName([...names], (name) => name, query);
      const channels = page.map((name) => {
        const { lastAt, read = null, unread = 0 } = byName.get(name) ?? {};
        return { name, lastAt: lastAt?.toISOString() ?? null, read, unread };
      });
      return { channels, ...next };
    },
  );

  app.get(
    '/channels/:channel/messages',
    {
      schema: {
        operationId: 'listMessages',
        summary: 'Messages of a channel, newest last',
        description:
          'The newest, or those before a message (`before`), the first that follow one (`after`), the first between two (both), or those on both sides of one (`around`).',
        params: channel,
        querystring: z.object({
          before: id.optional(),
          after: id.optional(),
          around: id.optional(),
          limit: limitShape(200, 50),
        }),
        response: {
          200: z.object({
            messages: z.array(channelMessageShape),
            next: nextShape,
            older: counted.describe(
              `How many are older, down to \`after\` where it is given. At most ${COUNTED} are counted.`,
            ),
            newer: counted.describe(
              `How many are newer, up to \`before\` where it is given. At most ${COUNTED} are counted.`,
            ),
          }),
        },
      },
    },
    async ({ params, query: { limit, around, ...rest } }) => {
      const { id: name } = await local.channel(params.channel);
      const span: MessageSpan = { channel: name, ...rest };
      const found =
        around === undefined ? await messages.list({ ...span, limit }) : await listAround(name, around, limit);
      const [first, last] = [found[0]?.id, found.at(-1)?.id];
      const [older, newer] = await Promise.all([
        first === undefined ? 0 : messages.count({ ...span, before: first, most: COUNTED }),
        last === undefined ? 0 : messages.count({ ...span, after: last, most: COUNTED }),
      ]);
      return {
        messages: found.map((message) => toMessageView(message, draw)),
        // The oldest stands first.
        ...nextOf(found.toReversed(), limit),
        older,
        newer,
      };
    },
  );

  app.put(
    '/channels/:channel/read',
    {
      schema: {
        operationId: 'markRead',
        summary: 'Note that somebody has read a channel as far as a message; `0` where it holds none',
        params: channel,
        body: z.object({ message: id, user }),
        response: { 200: z.object({ channel: z.string(), ...readingShape }) },
      },
    },
    async ({ params, body: { message, user: reader } }) => {
      const { id: name } = await local.channel(params.channel);
      await readMarks.mark({ reader, channel: name, message });
      const known = await readMarks.list({ reader, most: COUNTED });
      const { read = message, unread = 0 } = known.find((each) => each.channel === name) ?? {};
      live.send('read', { user: reader, channel: name, read, unread });
      return { channel: name, read, unread };
    },
  );

  /** Those on both sides of a message, and the message. */
  async function listAround(name: string, middle: string, limit: number): Promise<readonly LocalMessage[]> {
    const before = await messages.list({ channel: name, before: middle, limit: Math.floor(limit / 2) });
    // `0` stands before the first.
    const from = String(Math.max(0, Number(middle) - 1));
    const after = await messages.list({ channel: name, after: from, limit: limit - before.length });
    return [...before, ...after];
  }
};

export default routes;
