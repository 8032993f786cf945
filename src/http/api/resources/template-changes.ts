import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError } from '../../../core/errors.ts';
import { toCaller } from '../caller.ts';
import type { ApiParts } from '../parts.ts';
import { userShape } from '../shapes.ts';
import { createLookUp, type Place } from '../templates/look-up.ts';
import { placeShape, savedShape, sourceShape } from '../templates/shapes.ts';
import { toTextView } from '../templates/views.ts';

const user = userShape.optional().describe('Who does it: the name that others read.');

const answered = z.object({ code: z.string().optional(), proposed: z.boolean().optional() });

/** Changes of templates. Each is a command: checked, tried and audited in one place. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, parts) => {
  const { run, local, templates, toText } = parts;
  const { placeOf } = createLookUp(parts);

  app.put(
    '/templates/text',
    {
      schema: {
        operationId: 'saveTemplate',
        summary: 'Save a text, once it has been tried on the latest events',
        description:
          'Give the `version` that the text was written upon: 409 `template_changed` says that somebody else was faster, and the text is kept as the draft named in the command’s reply. 409 `confirm` says that some events would fail with it: give `confirm`. 422 `template_problem` says what is wrong, which `/templates/check` lists.',
        body: placeShape.extend({
          source: sourceShape,
          version: z.string().max(100).optional(),
          confirm: z.boolean().default(false).describe('Save although some events fail with it.'),
          user,
        }),
        response: { 200: savedShape },
      },
    },
    async ({ body: { source: text, version, confirm, user: by, ...place } }) =>
      change(place, by, 'save', { text, ...(version && { version }), ...(confirm && { confirm: 'true' }) }),
  );

  for (const action of ['undo', 'reset'] as const)
    app.post(
      `/templates/${action}`,
      {
        schema: {
          operationId: `${action}Template`,
          summary:
            action === 'undo'
              ? 'Bring back what a template was before its latest change'
              : 'Let the next best template count again',
          body: placeShape.extend({ user }),
          response: { 200: savedShape },
        },
      },
      async ({ body: { user: by, ...place } }) => change(place, by, action, {}),
    );

  async function change(
    place: Place,
    by: string | undefined,
    action: string,
    options: Readonly<Record<string, string>>,
  ) {
    const { endpoint, route, key } = placeOf(place);
    const caller = await toCaller(local);
    const { message, data } = await run(
      {
        command: 'template',
        options: {
          action,
          type: `${key.provider}/${key.type}`,
          endpoint: endpoint.id,
          for: place.scope,
          ...(route && { channel: `${route.platform}:${route.channel}` }),
          ...options,
        },
      },
      await toCaller(local, { user: by }),
    );
    const { code, proposed = false } = answered.parse(data);
    if (code) throw new AppError(STATUS[code] ?? 409, code, toText(message));
    return { ...toTextView(placeOf(place), caller, templates), proposed, message: toText(message) };
  }
};

export default routes;

const STATUS: Readonly<Record<string, number>> = {
  template_problem: 422,
  forbidden: 403,
  not_found: 404,
  internal: 500,
};
