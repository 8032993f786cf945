import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { checkNames, findCommand, parseText } from '../../../core/command/command-text.ts';
import { AppError, badRequest } from '../../../core/errors.ts';
import { DEFAULT_CHANNEL, DEFAULT_USER, toCaller } from '../caller.ts';
import type { ApiParts } from '../parts.ts';
import { toReplyStatus } from '../reply-status.ts';
import { userShape } from '../shapes.ts';

const TEXT_LIMIT = 8_000;
const days = z.int().min(1).max(90).optional().describe('How many days back it is tried on; 7 when left out.');
const channel = z.string().max(100).default(DEFAULT_CHANNEL).describe('Where it is asked, with or without `#`.');
const user = userShape.default(DEFAULT_USER).describe('Who asks.');

/** Changes of routes, rules, mutes and templates, tried on the events of the last days before anybody saves them. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { run, commands, local, toText }) => {
  app.post(
    '/try',
    {
      schema: {
        operationId: 'tryChange',
        summary: 'Say what a change would have done to the events of the last days',
        description:
          'Takes the command that would make the change, as `text` or as `command` and `options`, and saves nothing. A long trial says how far it is by the event `trial` of `/live`.',
        body: z.union([
          z.object({ text: z.string().max(TEXT_LIMIT), days, channel, user }),
          z.object({
            command: z.string().max(100),
            options: z.record(z.string(), z.string().max(TEXT_LIMIT)).default({}),
            days,
            channel,
            user,
          }),
        ]),
        response: {
          200: z.object({
            text: z.string().describe('What the trial says, as plain text.'),
            trial: z
              .unknown()
              .describe(
                'What it counted: `before` and `after`, which events change, and which alerts are lost; of a template, which messages read differently, with examples.',
              ),
          }),
        },
      },
    },
    async ({ body }) => {
      const { name, command, options } = 'text' in body ? parseText(body.text, commands) : named(body, commands);
      if (!Object.hasOwn(command.options, 'try'))
        throw badRequest(`\`${name}\` cannot be tried. What can be: ${namesOf(commands)}.`);
      const asked = { ...options, try: 'true', ...(body.days && { days: String(body.days) }) };
      const reply = await run({ command: name, options: asked }, await toCaller(local, body));
      const { message, data } = reply;
      const said = toText(message);
      const { trial, code } = (data ?? {}) as { readonly trial?: unknown; readonly code?: string };
      if (code !== undefined && trial === undefined) throw new AppError(toReplyStatus(reply), code, said);
      return { text: said, trial: trial ?? null };
    },
  );
};

export default routes;

function namesOf(commands: ApiParts['commands']): string {
  const names = [...commands].flatMap(([name, { options }]) => (Object.hasOwn(options, 'try') ? [`\`${name}\``] : []));
  return names.join(', ');
}

function named(
  body: { readonly command: string; readonly options: Readonly<Record<string, string>> },
  commands: ApiParts['commands'],
) {
  const { name, command } = findCommand(body.command, commands);
  return { name, command, options: checkNames(name, command, body.options) };
}
