import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../../core/command/permission.ts';
import {
  type MadeMessage,
  maySaveTemplate,
  type TemplateFinding,
  type TemplatePlace,
  type TemplateText,
  templateScopes,
  toKey,
} from '../../core/command/template-desk.ts';
import { AppError, notFound } from '../../core/errors.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import { revisionsOf, type TemplateRevision } from '../../core/settings/template-override.ts';
import { toCaller } from './caller.ts';
import type { ApiParts } from './parts.ts';
import { drawingShape } from './shapes.ts';
import {
  completionShape,
  findingShape,
  originShape,
  placeShape,
  revisionShape,
  savedShape,
  textShape,
} from './template-shapes.ts';
import { toDrawingView } from './views.ts';

type Place = z.infer<typeof placeShape>;

/** Larger texts are refused by the number of characters that a template may have, in words. */
const LONGEST = 1_000_000;
const RECENT = 200;
const LEARNT = 10;
/** Larger payloads are not held side by side. */
const LARGE = 512 * 1024;

const source = z.string().max(LONGEST);
const answered = z.object({ code: z.string().optional(), proposed: z.boolean().optional() });

/** Templates: what counts where, its text and history, what is wrong with a text, what it makes of real events, and changes. */
export const templateRoutes: FastifyPluginAsyncZod<ApiParts> = async (
  app,
  { run, local, journal, settings, templates, draw, toText },
) => {
  app.get(
    '/templates',
    {
      schema: {
        operationId: 'listTemplates',
        summary: 'What makes the messages of an endpoint, by type of event',
        querystring: z.object({ endpoint: z.string().describe('Its name or id.') }),
        response: {
          200: z.object({
            provider: z.string(),
            templates: z.array(
              z.object({
                type: z.string(),
                origin: originShape,
                lastEventAt: z.string().nullable().describe('Nothing where no event of the type came lately.'),
              }),
            ),
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
      return {
        provider: endpoint.provider,
        templates: [...new Set(types)].map((type) => {
          const place = { provider: endpoint.provider, type, endpointId: endpoint.id };
          const { origin } = templates.inForce(toKey(place, 'endpoint'));
          return { type, origin: toOriginView(origin), lastEventAt: seen.get(type) ?? null };
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
    async ({ query }) => toTextView(query, await toCaller(local)),
  );

  app.put(
    '/templates/text',
    {
      schema: {
        operationId: 'saveTemplate',
        summary: 'Save a text, once it has been tried on the latest events',
        description:
          'Give the `version` that the text was written upon: 409 `template_changed` says that somebody else was faster, and the text is kept as the draft named in the command’s reply. 409 `confirm` says that some events would fail with it: give `confirm`. 422 `template_problem` says what is wrong, which `/templates/check` lists.',
        body: placeShape.extend({
          source,
          version: z.string().max(100).optional(),
          confirm: z.boolean().default(false).describe('Save although some events fail with it.'),
        }),
        response: { 200: savedShape },
      },
    },
    async ({ body: { source: text, version, confirm, ...place } }) =>
      change(place, 'save', { text, ...(version && { version }), ...(confirm && { confirm: 'true' }) }),
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
          body: placeShape,
          response: { 200: savedShape },
        },
      },
      async ({ body }) => change(body, action, {}),
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
      const override = templates
        .changed([place.endpointId])
        .find((each) => each.type === key.type && each.endpointId === key.endpointId && each.routeId === key.routeId);
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
        body: placeShape.extend({ source }),
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
          source: source.optional().describe('What to try; what counts now when left out.'),
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
        words: [...words],
        named: named.map((value) => ({ ...value, words: [...value.words] })),
      })),
      variables: [...templates.variables],
      partials: [...templates.partials],
      blocks: ['if', 'unless', 'each', 'with'],
    }),
  );

  function endpointOf(typed: string) {
    const found = settings.current.endpoints.find(({ id, name }) => id === typed || name === typed);
    if (!found) throw notFound(`The endpoint \`${typed}\``);
    return found;
  }

  function placeOf({ endpoint: typed, type, scope, route: routeId }: Place) {
    const endpoint = endpointOf(typed);
    const route = endpoint.routes.find(({ id }) => id === routeId);
    if (scope === 'route' && !route) throw notFound(`The route \`${routeId ?? ''}\` of \`${endpoint.name}\``);
    const place: TemplatePlace = {
      provider: endpoint.provider,
      type,
      endpointId: endpoint.id,
      ...(route && { routeId: route.id }),
    };
    return { endpoint, route, place, key: toKey(place, scope) };
  }

  function toTextView(query: Place, caller: Caller) {
    const { endpoint, place, key } = placeOf(query);
    const { origin, source: text } = templates.inForce(key);
    return {
      source: text,
      origin: toOriginView(origin),
      version: templates.version(place),
      maySave: maySaveTemplate(caller, query.scope, endpoint),
    };
  }

  /** Changes are commands: checked, tried and audited in one place. */
  async function change(place: Place, action: string, options: Readonly<Record<string, string>>) {
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
      caller,
    );
    const { code, proposed = false } = answered.parse(data);
    if (code) throw new AppError(STATUS[code] ?? 409, code, toText(message));
    return { ...toTextView(place, caller), proposed, message: toText(message) };
  }

  async function eventsOf({ endpoint: typed, type }: Place, limit: number): Promise<readonly StoredEvent[]> {
    const { id } = endpointOf(typed);
    const found = await journal.events.list({ endpointId: id, limit, ...(type !== '*' && { type }) });
    const events: StoredEvent[] = [];
    for (const summary of found) {
      const event = await journal.events.get(summary.id);
      if (event) events.push(event);
    }
    return events;
  }

  async function eventNamed(id: string): Promise<StoredEvent> {
    const event = await journal.events.get(id);
    if (!event) throw notFound(`Event \`${id}\``);
    return event;
  }

  async function groundOf(place: Place) {
    const { place: at } = placeOf(place);
    const events = (await eventsOf(place, LEARNT)).filter(({ body }) => body.length <= LARGE);
    return { provider: at.provider, type: at.type, events };
  }

  function toMadeView({ message, template }: MadeMessage) {
    return { ...toDrawingView(draw(message), message), template };
  }
};

const STATUS: Readonly<Record<string, number>> = {
  template_problem: 422,
  forbidden: 403,
  not_found: 404,
  internal: 500,
};

function toOriginView(origin: TemplateText['origin']) {
  if (origin.kind === 'own' || origin.kind === 'shipped') return { kind: origin.kind, file: origin.name };
  if (origin.kind !== 'changed') return { kind: 'generic' as const };
  const { routeId, endpointId, type, revision = 1, by, at } = origin.override;
  const scope = templateScopes[routeId ? 0 : endpointId ? 1 : 2] ?? 'everyone';
  return { kind: 'changed' as const, scope, type, revision, ...(by && { by }), ...(at && { at }) };
}

function toRevisionView({ revision, source: text, by, at, restores }: TemplateRevision) {
  return {
    revision,
    source: text ?? null,
    ...(by !== undefined && { by }),
    ...(at !== undefined && { at }),
    ...(restores !== undefined && { restores }),
  };
}

function toFindingView({ end, ...finding }: TemplateFinding) {
  return { ...finding, ...(end && { end: { ...end } }) };
}
