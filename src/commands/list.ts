import { defineCommand } from '../core/command/command.ts';
import { ownedBy } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode, quoted } from '../core/message/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import { maskedUrl } from '../core/settings/endpoint-url.ts';
import { describePlace } from './shared/find-place.ts';

const PAGE = 30;
const make = { label: 'New endpoint', command: 'new', options: {}, style: 'primary' } as const;

export default defineCommand({
  summary: 'List the endpoints, where each leads and when it last had an event',
  examples: ['/webhook list', '/webhook list github'],
  aliases: ['ls', 'endpoints'],
  permission: 'member',
  options: {
    words: {
      type: 'string',
      positional: true,
      rest: true,
      optional: true,
      example: 'github',
      description: 'Only those with this in name, provider or channel',
    },
    mine: { type: 'flag', optional: true, description: 'Only those that are yours' },
  },

  async run({ options, caller }, { settings, journal, providers, platforms, publicUrl, clock }) {
    const { endpoints: all, mutes } = settings.current;
    const endpoints = options.mine ? ownedBy(caller, settings.current) : all;
    if (all.length && !endpoints.length)
      return reply(
        'No endpoint is yours yet. `/webhook new github in #ops` makes one, and `/webhook list` shows everybody’s.',
        { actions: [make], data: { endpoints: [] } },
      );
    if (!endpoints.length)
      return reply(
        'There is no endpoint yet. Make the first one with `/webhook new github in #ops`, or with the button.',
        {
          actions: [make],
          data: { endpoints: [] },
        },
      );
    const words = options.words?.toLowerCase() ?? '';
    const found = endpoints
      .filter(({ name, provider, routes }) =>
        [name, provider, ...routes.map(({ channelName }) => `#${channelName}`)].some((text) =>
          text.toLowerCase().includes(words),
        ),
      )
      .toSorted((a, b) => a.name.localeCompare(b.name));
    if (!found.length)
      return reply(
        `No endpoint has ${quoted(options.words ?? '')} in its name, provider or channels. \`/webhook list\` shows all ${endpoints.length}.`,
        {
          data: { endpoints: [] },
        },
      );

    const now = clock.now().getTime();
    const shown = await Promise.all(
      found.slice(0, PAGE).map(async (endpoint) => ({
        endpoint,
        last: (await journal.events.list({ endpointId: endpoint.id, limit: 1 }))[0],
        muted: mutes.filter(({ endpointId, until }) => endpointId === endpoint.id && Date.parse(until) > now).length,
      })),
    );
    const lines = shown.map(({ endpoint: { name, provider, routes }, last, muted }) => {
      const where = routes.map((route) => describePlace(route, caller, platforms)).join(', ') || 'no channel';
      return [
        `- **${escapeMarkdown(name)}**: ${escapeMarkdown(`${providers.get(provider)?.title ?? provider} → ${where}`)}`,
        last ? `last event ${momentMarkdown(last.receivedAt, 'relative')}` : 'no event yet',
        ...(providers.has(provider) ? [] : ['this provider is not known here, so deliveries are refused']),
        ...(muted ? [`${muted} mute${muted === 1 ? '' : 's'}`] : []),
      ].join(' · ');
    });
    if (found.length > PAGE)
      lines.push(`\n${found.length - PAGE} more: ${inlineCode('/webhook list <words>')} narrows it down.`);
    return reply(lines.join('\n'), {
      title: `${found.length} endpoint${found.length === 1 ? '' : 's'}${options.mine ? ' of yours' : ''}`,
      actions: [make],
      data: {
        endpoints: shown.map(({ endpoint, last }) => ({
          id: endpoint.id,
          name: endpoint.name,
          provider: endpoint.provider,
          url: maskedUrl(publicUrl, endpoint),
          routes: endpoint.routes,
          createdAt: endpoint.createdAt,
          lastEventAt: last?.receivedAt.toISOString() ?? null,
        })),
      },
    });
  },
});
