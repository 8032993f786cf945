import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError } from '../core/errors.ts';
import { eventLine } from '../core/event/event-line.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { secretOrigin } from '../core/provider/provider.ts';
import { OWN_SCHEME } from '../core/provider/scheme/scheme-axes.ts';
import { muteTimes } from '../core/settings/describe-mute.ts';
import { activeSecrets, type Endpoint, type Route } from '../core/settings/endpoint.ts';
import { endpointUrl, maskedUrl } from '../core/settings/endpoint-url.ts';
import { describeMatch, isOver, type Mute } from '../core/settings/mute.ts';
import { isPending, pendingUntil } from '../core/settings/pending.ts';
import type { TemplateOverride } from '../core/settings/template-override.ts';
import { DAY, describeInterval } from '../core/text/duration.ts';
import { plural } from '../core/text/line.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace } from './shared/find-place.ts';
import { describeConditions } from './shared/rules/describe-conditions.ts';
import { isTestable, testActions } from './shared/test-action.ts';

/** Rules that are named; `/webhook rules` shows all, page by page. */
const RULES = 5;

export default defineCommand({
  summary: 'Show one endpoint: its channels, secrets, refusals and mutes',
  help: 'Its owners see the whole URL with `/webhook show <endpoint> url`. A secret is never shown a second time: `/webhook rotate` makes a new one. One that the provider gave by itself is shown with `/webhook show <endpoint> secret` until it is used.',
  examples: ['/webhook show api-alerts', '/webhook show api-alerts url'],
  aliases: ['info', 'secret'],
  shortcuts: { url: { url: 'true' } },
  place: 4,
  permission: 'member',
  options: {
    endpoint: endpointOption,
    url: { type: 'flag', optional: true, description: 'Show the whole URL; only for its owners' },
    secret: {
      type: 'flag',
      optional: true,
      description: 'Show a secret that the provider gave by itself; only for its owners',
    },
  },

  async run({ options, caller }, parts) {
    const { view, changes, journal, providers, platforms, templates, pending, publicUrl, clock } = parts;
    const endpoint = await view.find(options.endpoint);
    const { id, name, routes, createdAt } = endpoint;
    const owner = owns(caller, endpoint);
    if (options.url && !owner)
      throw new AppError(403, 'forbidden', `Only an owner of \`${name}\` or an admin may see its URL.`);
    if (options.secret && !owner)
      throw new AppError(403, 'forbidden', `Only an owner of \`${name}\` or an admin may see its secret.`);
    const given = options.secret ? await givenSecret(endpoint, parts) : undefined;
    const url = options.url
      ? await changes.record({ action: 'show', endpointId: id, detail: `looked at the URL of ${name}` }, async () =>
          endpointUrl(publicUrl, endpoint),
        )
      : maskedUrl(publicUrl, endpoint);
    const last = (await journal.events.list({ endpointId: id, limit: 1 }))[0];
    const mutes = (await view.mutes(id)).filter((mute) => !isOver(mute, clock.now()));
    const endpoints = mutes.some((mute) => mute.while) ? await view.endpoints() : [];
    const changed = templates
      .changed([id])
      .filter((override) => override.provider === endpoint.provider && override.source !== undefined);
    const waits = isPending(endpoint);
    const title = providers.get(endpoint.provider)?.title ?? endpoint.provider;
    const held = owner ? await pending.count(id) : 0;
    const choices = Object.entries(endpoint.options).map(([key, value]) => inlineCode(`${key}=${value}`));
    const choicesTitle = endpoint.provider === OWN_SCHEME ? 'Scheme' : 'Choices';
    const refused = await describeRefusals(endpoint, owner, parts);
    const field = (label: string, value: Markdown, wide = false) => ({ name: label, value, wide });
    const sender = waits ? 'Nobody has said yet who sends' : `${escapeMarkdown(title)} webhooks`;
    return reply(`${sender} to ${inlineCode(url)}`, {
      title: name,
      fields: [
        field(
          'Posts in',
          escapeMarkdown(routes.map((route) => describePlace(route, caller, platforms)).join(', ')) ||
            `no channel: ${inlineCode(`/webhook route ${name} add #channel`)} adds one`,
        ),
        field('Made', momentMarkdown(new Date(createdAt), 'date')),
        ...(choices.length ? [field(choicesTitle, choices.join(' '), choices.length > 3)] : []),
        ...(waits ? [field('Waits until', momentMarkdown(pendingUntil(endpoint)))] : []),
        ...(held ? [field('Held', `${plural(held, 'request')}, not verified and not posted`)] : []),
        field('Secret', given ? inlineCode(given) : await describeSecrets(endpoint, parts), true),
        field(
          'Last event',
          last
            ? eventLine(last)
            : `none yet${isTestable(endpoint, parts) ? `: ${inlineCode(`/webhook test ${name}`)} sends one` : ''}`,
          true,
        ),
        ...(endpoint.expect === undefined
          ? []
          : [field('Expected', endpoint.expect ? describeInterval(endpoint.expect) : 'nothing')]),
        ...(changed.length ? [field('Templates', describeTemplates(changed, name), true)] : []),
        field('Refused in the last day', refused, true),
        ...describeAsked(endpoint, (route) => describePlace(route, caller, platforms)).map((asked) =>
          field('Conditions', asked, true),
        ),
        ...(mutes.length ? [field('Mutes', describeMutes(mutes, name, endpoints), true)] : []),
      ],
      actions: [
        ...(owner && (waits || held)
          ? [{ label: 'Look at it', command: 'sender', options: { endpoint: name }, style: 'primary' as const }]
          : []),
        ...(owner ? testActions(endpoint, parts) : []),
        ...(owner && refused !== NONE
          ? [{ label: 'Find the scheme', command: 'identify', options: { event: name } }]
          : []),
        { label: 'History', command: 'history', options: { endpoint: name } },
        ...(owner && choices.length
          ? [
              {
                label: 'Change the scheme',
                command: 'scheme',
                options: { endpoint: name, change: 'true' },
                tucked: true,
              },
            ]
          : []),
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

/** What its channels and rules ask of its events, as CEL; nothing where they ask nothing. */
function describeAsked({ routes, rules = [] }: Endpoint, placeOf: (route: Route) => string): readonly Markdown[] {
  const lines = [
    ...routes.flatMap((route) => {
      const asked = describeConditions(route);
      return asked ? [`- ${escapeMarkdown(placeOf(route))}: ${sentenceMarkdown(asked)}`] : [];
    }),
    ...rules
      .slice(0, RULES)
      .map(({ when, severity }) => `- ${severity ? `severity ${severity} when` : 'hidden:'} ${inlineCode(when)}`),
    ...(rules.length > RULES ? [`- and ${rules.length - RULES} more rules`] : []),
  ];
  return lines.length ? [lines.join('\n')] : [];
}

/** The secret that the provider gave while it proved the URL, which it may want to have back. Throws `AppError` for any other. */
async function givenSecret(endpoint: Endpoint, { changes, journal, providers, clock }: CommandParts): Promise<string> {
  const { id, name, provider } = endpoint;
  const secret = activeSecrets(endpoint, clock.now()).at(-1);
  const used = secret && (await journal.events.secretUse(id)).has(secret.id);
  if (!secret || used || !providers.get(provider)?.givesSecret)
    throw new AppError(
      409,
      'secret_not_shown',
      `\`${name}\` has no secret that can be shown: only one that the provider gave by itself is, until the first delivery.`,
    );
  return changes.record(
    { action: 'show', endpointId: id, detail: `looked at the secret of ${name}` },
    async () => secret.value,
  );
}

/** `/webhook mutes` shows longer lists. */
const MUTES = 5;
/** And of `/webhook template`. */
const TEMPLATES = 5;

function describeMutes(mutes: readonly Mute[], name: string, endpoints: readonly Endpoint[]): Markdown {
  const lines = mutes
    .slice(0, MUTES)
    .map((mute) => `${inlineCode(describeMatch(mute))} ${muteTimes(mute, endpoints)} by ${escapeMarkdown(mute.by)}`);
  if (mutes.length > MUTES)
    lines.push(`${mutes.length - MUTES} more: ${inlineCode(`/webhook mutes ${name}`)} lists them all`);
  return lines.join('\n');
}

/** Those that were changed from chat; all others are as `/webhook template` lists them. */
function describeTemplates(changed: readonly TemplateOverride[], name: string): Markdown {
  const lines = changed.slice(0, TEMPLATES).map((override) => {
    const { type, by, at } = override;
    const where = override.routeId ? 'for one channel' : override.endpointId ? 'for this endpoint' : 'for everyone';
    const when = at ? ` ${momentMarkdown(new Date(at), 'relative')}` : '';
    return `${inlineCode(type)} changed ${where}${by ? ` by ${escapeMarkdown(by)}` : ''}${when}`;
  });
  if (changed.length > TEMPLATES)
    lines.push(`${changed.length - TEMPLATES} more: ${inlineCode(`/webhook template list of ${name}`)} lists them all`);
  return lines.join('\n');
}

async function describeSecrets(endpoint: Endpoint, { journal, providers, clock }: CommandParts): Promise<Markdown> {
  const active = activeSecrets(endpoint, clock.now());
  const provider = providers.get(endpoint.provider);
  if (isPending(endpoint))
    return active.length ? 'one, to be tried when you say who sends' : 'none until you say who sends';
  if (!active.length)
    return provider && secretOrigin(provider, endpoint.options) === 'none'
      ? 'none: nothing is signed'
      : `not given yet, so deliveries are refused: ${inlineCode(`/webhook rotate ${endpoint.name} secret=…`)}`;
  const use = await journal.events.secretUse(endpoint.id);
  return active
    .map(({ id, createdAt, expiresAt }, index) => {
      const used = use.get(id);
      return [
        `${active.length > 1 ? `secret ${index + 1} of ${active.length}` : 'one'}, since ${momentMarkdown(new Date(createdAt), 'date')}`,
        used ? `last used ${momentMarkdown(used, 'relative')}` : 'not used yet',
        ...(expiresAt ? [`valid until ${momentMarkdown(new Date(expiresAt))}`] : []),
      ].join(', ');
    })
    .join('\n');
}

const NONE = 'none';

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
  if (!latest) return NONE;
  const count = refusals.length >= 100 ? '100 or more' : String(refusals.length);
  if (!owner) return `${count}; its owners can see why`;
  return `${count}, the last ${momentMarkdown(latest.at, 'relative')}: ${sentenceMarkdown(latest.reason)}. ${inlineCode(`/webhook why ${name}`)} says more.`;
}
