import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type MadeMessage, toKey } from '../../../core/command/desks/template-desk.ts';
import { isSameTemplate, revisionsOf, templateName } from '../../../core/settings/template-override.ts';
import { toCaller } from '../caller.ts';
import { byNameShape, nextNameShape, pageAfter } from '../page-by-name.ts';
import type { ApiParts } from '../parts.ts';
import { drawingShape } from '../shapes.ts';
import { createLookUp } from '../templates/look-up.ts';
import {
  completionShape,
  findingShape,
  originShape,
  placeShape,
  revisionShape,
  sourceShape,
  textShape,
} from '../templates/shapes.ts';
import { toFindingView, toOriginView, toRevisionView, toTextView } from '../templates/views.ts';
import { toDrawingView } from '../views.ts';

const RECENT = 200;

/** Templates: what counts where, its text and history, what is wrong with a text, and what it makes of real events. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, parts) => {
  const { local, journal, templates, draw } = parts;
  const { endpointOf, placeOf, eventsOf, eventNamed, groundOf } = createLookUp(parts);

  app.get(
    '/templates',
    {
      schema: {
        operationId: 'listTemplates',
        summary: 'What makes the messages of an endpoint, by type of event',
        querystring: byNameShape.extend({ endpoint: z.string().describe('Its name or id.') }),
        response: {
          200: z.object({
            provider: z.string(),
            templates: z.array(
              z.object({
                type: z.string(),
                origin: originShape,
                routes: z.array(z.string()).describe('The ids of the routes that have one of their own.'),
                lastEventAt: z.string().nullable().describe('Nothing where no event of the type came lately.'),
              }),
            ),
            next: nextNameShape,
          }),
        },
      },
    },
    async ({ query }) => {
      const endpoint = endpointOf(query.endpoint);
      const seen = new Map<string, string>();
      for (const { type, receivedAt } of await journal.events.list({ endpointId: endpoint.id, limit: RECENT }))
        if (!seen.has(type)) seen.set(type, receivedAt.toISOString());
      const changed = templates.changed([endpoint.id]).filter(({ provider }) => provider === endpoint.provider);
      const types = [...seen.keys(), ...changed.map(({ type }) => type), ...templates.types(endpoint.provider)];
      const { page, ...next } = pageAfter([...new Set(types)], query);
      return {
        provider: endpoint.provider,
        ...next,
        templates: page.map((type) => {
          const place = { provider: endpoint.provider, type, endpointId: endpoint.id };
          const { origin } = templates.inForce(toKey(place, 'endpoint'));
          const own = changed.filter(
            ({ type: each, source }) => templateName(each) === templateName(type) && source !== undefined,
          );
          return {
            type,
            origin: toOriginView(origin),
            routes: own.flatMap(({ routeId }) => routeId ?? []),
            lastEventAt: seen.get(type) ?? null,
          };
        }),
      };
    },
  );

  app.get(
    '/templates/text',
    {
      schema: {
        operationId: 'getTemplate',
        summary: 'The text that counts at a place, where it comes from, and the version to save upon',
        querystring: placeShape,
        response: { 200: textShape },
      },
    },
    async ({ query }) => toTextView(placeOf(query), await toCaller(local), templates),
  );

  app.get(
    '/templates/history',
    {
      schema: {
        operationId: 'getTemplateHistory',
        summary: 'What a template was in one scope, newest first, with the texts',
        querystring: placeShape,
        response: {
          200: z.object({ revisions: z.array(revisionShape), file: textShape.pick({ source: true, origin: true }) }),
        },
      },
    },
    async ({ query }) => {
      const { key, place } = placeOf(query);
      const override = templates.changed([place.endpointId]).find((each) => isSameTemplate(each, key));
      const { origin, source: text } = templates.inFile(key.provider, key.type);
      return {
        revisions: override ? revisionsOf(override).map(toRevisionView) : [],
        file: { origin: toOriginView(origin), source: text },
      };
    },
  );

  app.post(
    '/templates/check',
    {
      schema: {
        operationId: 'checkTemplate',
        summary: 'What is wrong with a text, and what may not be what was meant',
        body: placeShape.extend({ source: sourceShape }),
        response: { 200: z.object({ problems: z.array(findingShape) }) },
      },
    },
    async ({ body: { source: text, ...place } }) => {
      const { key } = placeOf(place);
      const before = templates.inForce(key).source;
      return { problems: templates.inspect(text, { ...(await groundOf(place)), before }).map(toFindingView) };
    },
  );

  app.post(
    '/templates/preview',
    {
      schema: {
        operationId: 'previewTemplate',
        summary: 'What a text makes of the latest events, beside what they are now',
        body: placeShape.extend({
          source: sourceShape.optional().describe('What to try; what counts now when left out.'),
          event: z.string().max(20).optional().describe('Only this event.'),
          limit: z.int().min(1).max(10).default(5),
        }),
        response: {
          200: z.object({
            previews: z.array(
              z.object({
                event: z.object({ id: z.string(), type: z.string(), title: z.string(), receivedAt: z.string() }),
                changed: z.boolean(),
                before: drawingShape.extend({ template: z.string() }),
                after: drawingShape.extend({ template: z.string() }),
                failure: findingShape.optional().describe('Why the text made no message of this event.'),
              }),
            ),
          }),
        },
      },
    },
    async ({ body: { source: draft, event: wanted, limit, ...place } }) => {
      const events = wanted === undefined ? await eventsOf(place, limit) : [await eventNamed(wanted)];
      const { place: at, key } = placeOf(place);
      const look = key.routeId === undefined ? {} : { routeId: key.routeId };
      return {
        previews: events
          .filter(({ provider }) => provider === at.provider)
          .map((event) => {
            const before = templates.make(event, look);
            const after = draft === undefined ? before : templates.make(event, { ...look, draft });
            return {
              event: {
                id: event.id,
                type: event.type,
                title: event.about?.title ?? event.type,
                receivedAt: event.receivedAt.toISOString(),
              },
              changed: before.lines.join('\n') !== after.lines.join('\n'),
              before: toMadeView(before),
              after: toMadeView(after),
              ...(after.failure && { failure: toFindingView(after.failure) }),
            };
          }),
      };
    },
  );

  app.get(
    '/templates/completion',
    {
      schema: {
        operationId: 'getTemplateWords',
        summary: 'What can stand in a template: paths of events that came, helpers, variables, partials',
        querystring: placeShape,
        response: { 200: completionShape },
      },
    },
    async ({ query }) => ({
      paths: templates.paths(await groundOf(query)).map((path) => ({ ...path })),
      helpers: templates.helpers.map(({ named, words, ...helper }) => ({
        ...helper,
        words: words.map((known) => [...known]),
        named: named.map((value) => ({ ...value, words: [...value.words] })),
      })),
      variables: [...templates.variables],
      partials: [...templates.partials],
      blocks: ['if', 'unless', 'each', 'with'],
    }),
  );

  function toMadeView({ message, template }: MadeMessage) {
    return { ...toDrawingView(draw(message), message), template };
  }
};

export default routes;
