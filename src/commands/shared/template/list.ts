import type { Reply } from '../../../core/command/command.ts';
import { toKey } from '../../../core/command/desks/template-desk.ts';
import { reply } from '../../../core/command/reply.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import { isSamePlace } from '../../../core/settings/channel.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { describeOrigin as originWords } from '../../../core/settings/template-origin.ts';
import { type TemplateOverride, templateName } from '../../../core/settings/template-override.ts';
import { describePlace } from '../find-place.ts';
import { toPage } from '../pages.ts';
import type { TemplateCall } from './context.ts';
import { seenTypes } from './target.ts';
import { describeOrigin, describeSave } from './words.ts';

/** Endpoints that are listed at a time. */
const ENDPOINTS = 5;
const TYPES = 15;

/** Lists what makes the messages of endpoints, and since when. */
export async function list(call: TemplateCall): Promise<Reply> {
  const { options, caller, parts } = call;
  const { view } = parts;
  const typed = options.endpoint ?? options.type;
  const all = typed === undefined ? await view.endpoints() : [await view.find(typed)];
  if (all.length === 0)
    return reply('There is no endpoint yet. `/webhook new` makes one.', { data: { endpoints: [] } });
  // Those of this channel come first.
  const isElsewhere = ({ routes }: Endpoint) => Number(!routes.some((route) => isSamePlace(route, caller)));
  const { shown, footer, turns } = toPage(
    all.toSorted((one, other) => isElsewhere(one) - isElsewhere(other)),
    { page: options.page, size: ENDPOINTS, command: 'template', options: { action: 'list' } },
  );
  const listed = await Promise.all(shown.map((endpoint) => describeEndpoint(endpoint, call)));
  const [first] = listed;
  const latest = first?.rows[0];
  return reply(
    listed
      .map(({ endpoint, lines }) =>
        [
          ...(all.length > 1 ? [`**${escapeMarkdown(endpoint.name)}**`] : []),
          ...(lines.length > 0 ? lines : ['- no event has come yet']),
        ].join('\n'),
      )
      .join('\n\n'),
    {
      title: all.length === 1 && first ? `Templates of ${first.endpoint.name}` : 'Templates',
      ...(footer && { footer }),
      actions: [
        ...(first && latest
          ? [
              {
                label: `Edit ${latest.type}`,
                command: 'template',
                options: {
                  action: 'edit',
                  type: `${first.endpoint.provider}/${latest.type}`,
                  endpoint: first.endpoint.id,
                },
                style: 'primary' as const,
              },
            ]
          : []),
        ...turns,
        { label: 'Helpers', command: 'template', options: { action: 'help' } },
      ],
      data: { endpoints: listed.map(({ endpoint, rows }) => ({ endpoint: endpoint.name, templates: rows })) },
    },
  );
}

interface Row {
  readonly type: string;
  readonly template: string;
  readonly lastEventAt: string | null;
}

async function describeEndpoint(endpoint: Endpoint, { caller, parts }: TemplateCall) {
  const { templates, platforms } = parts;
  const seen = await seenTypes(endpoint, parts);
  const changed = templates
    .changed([endpoint.id])
    .filter(({ provider, source }) => provider === endpoint.provider && source !== undefined);
  const inForce = (type: string) =>
    templates.inForce(toKey({ provider: endpoint.provider, type, endpointId: endpoint.id }, 'endpoint'));
  const waiting = changed.map(({ type }) => type).filter((type) => !seen.has(type));
  const rows: readonly Row[] = [...new Set([...seen.keys(), ...waiting])].map((type) => ({
    type,
    template: originWords(inForce(type).origin),
    lastEventAt: seen.get(type)?.receivedAt.toISOString() ?? null,
  }));
  const lines = rows
    .slice(0, TYPES)
    .flatMap(({ type, lastEventAt }) => [
      `- ${inlineCode(type)} ${describeOrigin(inForce(type).origin)} · ${lastEventAt ? `last event ${momentMarkdown(new Date(lastEventAt), 'relative')}` : 'no event yet'}`,
      ...changed
        .filter(({ routeId, type: each }) => routeId !== undefined && templateName(each) === templateName(type))
        .flatMap((override) => describeRoute(override)),
    ]);
  if (rows.length > TYPES) lines.push(`- and ${rows.length - TYPES} more`);
  return { endpoint, rows, lines };

  function describeRoute(override: TemplateOverride): readonly Markdown[] {
    const route = endpoint.routes.find(({ id }) => id === override.routeId);
    if (!route) return [];
    return [`  - in ${escapeMarkdown(describePlace(route, caller, platforms))}: changed${describeSave(override)}`];
  }
}
