import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Form, Option } from '../../../core/command/command.ts';
import { findTimeZone } from '../../../core/text/time-zone.ts';
import { DEFAULT_CHANNEL, DEFAULT_USER, toCaller } from '../caller.ts';
import type { ApiParts } from '../parts.ts';
import { toReplyStatus } from '../reply-status.ts';
import { commandShape, limitShape, mistakeShape, replyShape, userShape } from '../shapes.ts';
import { toDrawingView } from '../views.ts';

const TEXT_LIMIT = 8_000;

const channel = z.string().max(100).default(DEFAULT_CHANNEL).describe('Where it is typed, with or without `#`.');
const user = userShape.default(DEFAULT_USER).describe('Who types it: the name that messages show.');

const timeZone = z
  .string()
  .max(100)
  .refine((zone) => findTimeZone(zone) !== undefined, 'must be a time zone, such as `Europe/Berlin`')
  .optional()
  .describe('The time zone that times of day are read in; this machine’s when left out.');

/** A reply that says why, or a mistake in the request itself. */
const failedShape = z.union([replyShape, mistakeShape]);

/** Slash commands of the local platform: typed, clicked, filled in. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { run, commands, local, draw, toText }) => {
  app.post(
    '/commands',
    {
      schema: {
        operationId: 'runCommand',
        summary: 'Run a slash command',
        description:
          'Give `text` as it would be typed, or `command` and `options` as a button or a form gives them. A command that was refused has the status that fits: 400 for what was not understood or is missing, 403, 404, or 409 where it has to be confirmed or nothing was done.',
        body: z
          .union([
            z.object({ text: z.string().max(TEXT_LIMIT), channel, user, timeZone }),
            z.object({
              command: z.string().max(100),
              options: z.record(z.string(), z.string().max(TEXT_LIMIT)).default({}),
              channel,
              user,
              timeZone,
            }),
          ])
          .meta({
            examples: [
              { text: '/webhook mute acme for 2h', channel: 'ops' },
              { command: 'replay', options: { event: '1234' } },
            ],
          }),
        response: { 200: replyShape, '4xx': failedShape, '5xx': failedShape },
      },
    },
    async ({ body }, answer) => {
      const caller = await toCaller(local, { ...body, timeZone: body.timeZone && findTimeZone(body.timeZone) });
      const reply = await run(
        'text' in body ? { text: body.text } : { command: body.command, options: body.options },
        caller,
      );
      const { message, visibleTo, form, data } = reply;
      const status = toReplyStatus(reply);
      // What everybody may see is a message of the channel, like on any chat.
      if (visibleTo === 'channel')
        await local.post(caller.channel, message, { nonce: randomBytes(9).toString('base64url') });
      return answer.code(status).send({
        ok: status === 200,
        ...toDrawingView(draw(message), message),
        text: toText(message),
        visibleTo,
        ...(form && { form: toFormView(form) }),
        data: data ?? null,
      });
    },
  );

  app.get(
    '/commands',
    {
      schema: {
        operationId: 'listCommands',
        summary: 'Every command and its options',
        response: { 200: z.object({ commands: z.array(commandShape) }) },
      },
    },
    async () => ({
      commands: [...commands].map(([name, { summary, help, examples, permission, options }]) => ({
        name,
        summary,
        help,
        examples,
        permission,
        options: toOptionViews(options),
      })),
    }),
  );

  app.get(
    '/complete',
    {
      schema: {
        operationId: 'complete',
        summary: 'Suggestions for the value of an option',
        querystring: z.object({
          command: z.string(),
          option: z.string(),
          typed: z.string().max(200).default(''),
          endpoint: z.string().max(200).optional().describe('The endpoint that the command names.'),
          provider: z.string().max(200).optional().describe('The provider that the command names.'),
          channel,
          limit: limitShape(1_000, 100),
        }),
        response: { 200: z.object({ suggestions: z.array(z.object({ value: z.string(), label: z.string() })) }) },
      },
    },
    async ({ query: { command, option, typed, channel, limit, endpoint, provider } }) => {
      const given = { ...(endpoint && { endpoint }), ...(provider && { provider }) };
      const found = await run.complete({ command, option, typed, given, caller: await toCaller(local, { channel }) });
      return { suggestions: found.slice(0, limit) };
    },
  );
};

export default routes;

function toFormView({ fields, ask, ...form }: Form) {
  return { ...form, ask: [...ask], ...(fields && { fields: toOptionViews(fields) }) };
}

function toOptionViews(options: Readonly<Record<string, Option>>) {
  return Object.entries(options).map(([name, option]) => ({ name, ...option }));
}
