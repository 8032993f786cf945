import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError } from '../core/errors.ts';
import { eventLine } from '../core/event/event-line.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { secretOrigin } from '../core/provider/provider.ts';
import { activeSecrets, type Endpoint } from '../core/settings/endpoint.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { endpointUrl, maskedUrl } from '../core/settings/endpoint-url.ts';
import { describeMatch } from '../core/settings/mute.ts';
import { DAY } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace } from './shared/find-place.ts';
import { recordChange } from './shared/record-change.ts';

export default defineCommand({
  summary: 'Show one endpoint: routes, secrets’ use, refusals, mutes',
  help: 'Its owners see the whole URL with `/webhook show <endpoint> url`. A secret is never shown again: `/webhook rotate` makes a new one.',
  examples: ['/webhook show api-alerts', '/webhook show api-alerts url'],
  aliases: ['info'],
  permission: 'member',
  options: {
    endpoint: endpointOption,
    url: { type: 'flag', optional: true, description: 'Show the whole URL, to its owners' },
  },

  async run({ options, caller }, parts) {
    const { settings, journal, providers, platforms, publicUrl, clock } = parts;
    const endpoint = findEndpoint(settings.current, options.endpoint);
    const { id, name, routes, createdAt } = endpoint;
    const owner = owns(caller, endpoint);
    if (options.url && !owner)
      throw new AppError(403, 'forbidden', `Only an owner of \`${name}\` or an admin may see its URL.`);
    if (options.url)
      await recordChange(parts, caller, { action: 'show', endpointId: id, detail: `looked at the URL of ${name}` });

    const url = options.url ? endpointUrl(publicUrl, endpoint) : maskedUrl(publicUrl, endpoint);
    const last = (await journal.events.list({ endpointId: id, limit: 1 }))[0];
    const mutes = settings.current.mutes.filter(
      (mute) => mute.endpointId === id && Date.parse(mute.until) > clock.now().getTime(),
    );
    const title = providers.get(endpoint.provider)?.title ?? endpoint.provider;
    const choices = Object.entries(endpoint.options).map(([key, value]) => inlineCode(`${key}=${value}`));
    const field = (label: string, value: Markdown, wide = false) => ({ name: label, value, wide });
    return reply(`${escapeMarkdown(title)} webhooks to ${inlineCode(url)}`, {
      title: name,
      fields: [
        field(
          'Told in',
          escapeMarkdown(routes.map((route) => describePlace(route, caller, platforms)).join(', ')) ||
            `nowhere: ${inlineCode(`/webhook route ${name} add #channel`)}`,
        ),
        field('Made', momentMarkdown(new Date(createdAt), 'date')),
        ...(choices.length ? [field('Choices', choices.join(' '))] : []),
        field('Secret', await describeSecrets(endpoint, parts), true),
        field(
          'Last event',
          last ? eventLine(last) : `none yet: ${inlineCode(`/webhook test ${name}`)} sends one`,
          true,
        ),
        field('Refused in the last day', await describeRefusals(endpoint, owner, parts), true),
        ...(mutes.length
          ? [
              field(
                'Mutes',
                mutes
                  .map(
                    (mute) =>
                      `${inlineCode(describeMatch(mute.match))} until ${momentMarkdown(new Date(mute.until))} by ${escapeMarkdown(mute.by)}`,
                  )
                  .join('\n'),
                true,
              ),
            ]
          : []),
      ],
      actions: [
        ...(owner ? [{ label: 'Send a test', command: 'test', options: { endpoint: name } }] : []),
        { label: 'History', command: 'history', options: { endpoint: name } },
        ...(owner && !options.url
          ? [{ label: 'Show URL', command: 'show', options: { endpoint: name, url: 'true' }, tucked: true }]
          : []),
        ...(owner
          ? [
              {
                label: 'Delete',
                command: 'delete',
                options: { endpoint: name },
                style: 'danger' as const,
                tucked: true,
              },
            ]
          : []),
      ],
      data: {
        endpoint: {
          id,
          name,
          provider: endpoint.provider,
          url,
          routes,
          createdAt,
          lastEventAt: last?.receivedAt.toISOString() ?? null,
        },
      },
    });
  },
});

async function describeSecrets(endpoint: Endpoint, { journal, providers, clock }: CommandParts): Promise<Markdown> {
  const active = activeSecrets(endpoint, clock.now());
  const provider = providers.get(endpoint.provider);
  if (!active.length)
    return provider && secretOrigin(provider, endpoint.options) === 'none'
      ? 'none: nothing is signed'
      : `not given yet, so deliveries are refused: ${inlineCode(`/webhook rotate ${endpoint.name} secret=…`)}`;
  const use = await journal.events.secretUse(endpoint.id);
  return active
    .map(({ id, createdAt, expiresAt }, index) => {
      const used = use.get(id);
      return [
        `${active.length > 1 ? `secret ${index + 1} of ${active.length}` : 'one'}, given ${momentMarkdown(new Date(createdAt), 'date')}`,
        used ? `last used ${momentMarkdown(used, 'relative')}` : 'not used yet',
        ...(expiresAt ? [`valid until ${momentMarkdown(new Date(expiresAt))}`] : []),
      ].join(', ');
    })
    .join('\n');
}

async function describeRefusals(
  { id, name }: Endpoint,
  owner: boolean,
  { journal, clock }: CommandParts,
): Promise<Markdown> {
  const since = clock.now().getTime() - DAY;
  const refusals = (await journal.refusals.list({ endpointId: id, limit: 100 })).filter(
    ({ at }) => at.getTime() >= since,
  );
  const [latest] = refusals;
  if (!latest) return 'none';
  const count = refusals.length >= 100 ? '100 or more' : String(refusals.length);
  if (!owner) return `${count}; an owner can see why`;
  return `${count}, the last ${momentMarkdown(latest.at, 'relative')}: ${sentenceMarkdown(latest.reason)}. ${inlineCode(`/webhook why ${name}`)} says more.`;
}
