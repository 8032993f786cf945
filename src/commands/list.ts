import { defineCommand } from '../core/command/command.ts';
import { isListed } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { quoted } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import { maskedUrl } from '../core/settings/endpoint-url.ts';
import { isOver } from '../core/settings/mute.ts';
import { isPending, PENDING_TITLE } from '../core/settings/pending.ts';
import { plural } from '../core/text/line.ts';
import { describePlace } from './shared/find-place.ts';
import { pageOption, toPage } from './shared/pages.ts';

const PAGE = 30;
const make = { label: 'New endpoint', command: 'new', options: {}, style: 'primary' } as const;

export default defineCommand({
  summary: 'List the endpoints, where each posts and when its last event arrived',
  help: 'Shows your own endpoints and those that post in a channel you see.',
  examples: ['/webhook list', '/webhook list github'],
  aliases: ['ls', 'endpoints', 'stats', 'status'],
  place: 3,
  permission: 'member',
  options: {
    words: {
      type: 'string',
      positional: true,
      rest: true,
      optional: true,
      example: 'github',
      description: 'Only those with this in their name, provider or channel',
    },
    mine: { type: 'flag', optional: true, description: 'Only your own endpoints' },
    page: pageOption,
  },

  async run({ options, caller }, { view, journal, providers, platforms, publicUrl, clock }) {
    const all = await view.endpoints();
    const endpoints = options.mine ? all.filter(({ owners }) => isListed(owners, caller)) : all;
    if (all.length && !endpoints.length)
      return reply(
        'You own no endpoint yet. `/webhook new github in #ops` makes one, and `/webhook list` shows those of others.',
        { actions: [make], data: { endpoints: [] } },
      );
    if (!endpoints.length)
      return reply(
        'There is no endpoint yet that you can see. Make one with `/webhook new github in #ops`, or with the button.',
        {
          actions: [make],
          data: { endpoints: [] },
        },
      );
    const words = options.words?.toLowerCase() ?? '';
    const found = endpoints.filter(({ name, provider, routes }) =>
      [name, provider, ...routes.map(({ channelName }) => `#${channelName}`)].some((text) =>
        text.toLowerCase().includes(words),
      ),
    );
    if (!found.length)
      return reply(
        `No endpoint has ${quoted(options.words ?? '')} in its name, provider or channels. \`/webhook list\` shows all ${endpoints.length}.`,
        {
          data: { endpoints: [] },
        },
      );

    const { shown, page, pages, footer, turns } = toPage(found, {
      page: options.page,
      size: PAGE,
      command: 'list',
      options: { ...(options.words && { words: options.words }), ...(options.mine && { mine: 'true' }) },
    });
    const mutes = (await view.mutes()).filter((mute) => !isOver(mute, clock.now()));
    const entries = await Promise.all(
      shown.map(async (endpoint) => ({
        endpoint,
        last: (await journal.events.list({ endpointId: endpoint.id, limit: 1 }))[0],
        muted: mutes.filter(({ endpointId }) => endpointId === endpoint.id).length,
      })),
    );
    const lines = entries.map(({ endpoint: { name, provider, routes }, last, muted }) => {
      const where = routes.map((route) => describePlace(route, caller, platforms)).join(', ') || 'no channel';
      return [
        `- **${escapeMarkdown(name)}**: ${escapeMarkdown(`${isPending({ provider }) ? PENDING_TITLE : (providers.get(provider)?.title ?? provider)} → ${where}`)}`,
        last ? `last event ${momentMarkdown(last.receivedAt, 'relative')}` : 'no event yet',
        ...(isPending({ provider }) ? [`holds what comes until \`/webhook sender ${name}\` says who sends`] : []),
        ...(isPending({ provider }) || providers.has(provider)
          ? []
          : ['this provider is not known here, so deliveries are refused']),
        ...(muted ? [plural(muted, 'mute')] : []),
      ].join(' · ');
    });
    return reply(lines.join('\n'), {
      title: `${plural(found.length, 'endpoint')}${options.mine ? ' of yours' : ''}`,
      ...(footer && { footer }),
      actions: [...turns, make],
      data: {
        endpoints: entries.map(({ endpoint, last }) => ({
          id: endpoint.id,
          name: endpoint.name,
          provider: endpoint.provider,
          url: maskedUrl(publicUrl, endpoint),
          routes: endpoint.routes,
          createdAt: endpoint.createdAt,
          lastEventAt: last?.receivedAt.toISOString() ?? null,
        })),
        ...(page < pages && { next: page + 1 }),
      },
    });
  },
});
