import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { type Caller, owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { describeRule, type Rule } from '../core/settings/rule.ts';
import type { Settings } from '../core/settings/settings.ts';
import { cutText } from '../core/text/cut-text.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace } from './shared/find-place.ts';
import { pageOption, toPage } from './shared/pages.ts';
import { withRules } from './shared/rules/change-rules.ts';
import { describeConditions } from './shared/rules/describe-conditions.ts';
import { tryOptions } from './shared/rules/options.ts';
import { type TryOptions, tryChange } from './shared/rules/try-change.ts';

const PAGE = 10;

export default defineCommand({
  summary: 'List the rules of endpoints with what each has hidden, and remove them',
  help: 'Rules come from **Fewer like this** behind a message’s ⋯, and from `/webhook set`. `/webhook route` changes a channel’s own filter.',
  examples: ['/webhook rules', '/webhook rules api-alerts', '/webhook rules api-alerts remove=1f0c9a2b3c4d'],
  place: 17,
  permission: 'member',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only the rules of this endpoint' },
    rule: { type: 'string', optional: true, example: '1f0c9a2b3c4d', description: 'Only the rule of this id' },
    remove: { type: 'string', optional: true, example: '1f0c9a2b3c4d', description: 'The id of a rule to remove' },
    ...tryOptions,
    page: pageOption,
  },

  async run({ options, caller }, parts) {
    const only = options.endpoint === undefined ? undefined : await parts.view.find(options.endpoint);
    if (options.remove !== undefined) return remove({ ...options, remove: options.remove }, { only, caller, parts });
    return list({ only, rule: options.rule, page: options.page }, caller, parts);
  },
});

async function remove(
  options: TryOptions & { readonly remove: string; readonly version?: string | undefined },
  {
    only,
    caller,
    parts,
  }: { readonly only: Endpoint | undefined; readonly caller: Caller; readonly parts: CommandParts },
) {
  const { view, changes } = parts;
  const { remove: id, version } = options;
  const endpoint = (only ? [only] : await view.endpoints()).find(({ rules = [] }) =>
    rules.some((rule) => rule.id === id),
  );
  const rule = endpoint?.rules?.find((each) => each.id === id);
  if (!endpoint || !rule) throw noSuchRule('remove');
  const maySave = owns(caller, endpoint);
  if (!maySave && !options.try)
    throw new AppError(403, 'forbidden', `Only an owner of \`${endpoint.name}\` or an admin may remove its rules.`);
  const plan = (settings: Settings) =>
    withRules(settings, endpoint, {
      action: 'rules',
      detail: `removed the rule that ${describeRule(rule)}`,
      version,
      change(rules) {
        if (rules.some((each) => each.id === id)) return rules.filter((each) => each.id !== id);
        throw new AppError(404, 'not_found', 'This rule was removed a moment ago, so nothing was changed.');
      },
    });
  if (options.try) {
    const typed = { endpoint: endpoint.id, remove: id };
    const title = `without the rule that ${describeRule(rule)}`;
    const asked = { title, command: 'rules', typed, endpoint, caller, plan, maySave, versioned: maySave };
    const { answer } = await tryChange(asked, options, parts);
    if (answer) return answer;
  }
  const { name } = await changes.settings(plan);
  return reply(
    `${escapeMarkdown(caller.userName)} removed a rule of ${inlineCode(name)}, which ${describeRuleMarkdown(rule)}. What it has hidden stays in the history.`,
    { severity: 'good', visibleTo: 'channel', data: { removed: rule } },
  );
}

function noSuchRule(option: string): OptionError {
  return new OptionError(option, 'There is no such rule; it may be removed already. `/webhook rules` lists them.', {
    code: 'not_found',
    status: 404,
  });
}

interface Wanted {
  readonly only: Endpoint | undefined;
  /** The id of the one rule that is asked for. */
  readonly rule: string | undefined;
  readonly page: number | undefined;
}

async function list({ only, rule: wanted, page }: Wanted, caller: Caller, parts: CommandParts) {
  const { view, journal, platforms } = parts;
  const endpoints = only ? [only] : await view.endpoints();
  const all = endpoints
    .flatMap((endpoint) => (endpoint.rules ?? []).map((rule) => ({ endpoint, rule })))
    .filter(({ rule }) => wanted === undefined || rule.id === wanted);
  if (wanted !== undefined && !all.length) throw noSuchRule('rule');
  const asking = (wanted === undefined ? endpoints : []).flatMap((endpoint) =>
    endpoint.routes.flatMap((route) => {
      const asked = describeConditions(route);
      const where = describePlace(route, caller, platforms);
      return asked
        ? [`- **${escapeMarkdown(endpoint.name)}** ${escapeMarkdown(where)}: ${sentenceMarkdown(asked)}`]
        : [];
    }),
  );
  if (!all.length && !asking.length)
    return reply(
      `${only ? inlineCode(only.name) : 'No endpoint'} has ${only ? 'no rule' : 'a rule'} yet. **Fewer like this** behind a message’s ⋯ proposes some, and ${inlineCode('/webhook set')} gives events another severity.`,
      { data: { rules: [] } },
    );
  const { shown, footer, turns } = toPage(all, {
    page,
    size: PAGE,
    command: 'rules',
    options: only ? { endpoint: only.id } : {},
  });
  const counted = new Map<string, number>();
  for (const endpoint of new Set(shown.map((entry) => entry.endpoint))) {
    const ids = shown.filter((entry) => entry.endpoint === endpoint && !entry.rule.severity).map(({ rule }) => rule.id);
    for (const [id, count] of await journal.events.hiddenBy(endpoint.id, ids)) counted.set(id, count);
  }
  const lines = shown.map(({ endpoint, rule }) => {
    const { id, by, createdAt, routeId } = rule;
    const route = endpoint.routes.find((each) => each.id === routeId);
    return [
      `- **${escapeMarkdown(endpoint.name)}**${route ? ` ${escapeMarkdown(describePlace(route, caller, platforms))}` : ''} ${describeRuleMarkdown(rule)}`,
      `by ${escapeMarkdown(by)} ${momentMarkdown(new Date(createdAt), 'date')}`,
      ...(rule.severity ? [] : [`${(counted.get(id) ?? 0).toLocaleString('en')} hidden since`]),
      inlineCode(id),
    ].join(' · ');
  });
  return reply(
    [
      ...(lines.length ? [lines.join('\n')] : []),
      ...(asking.length ? [`**Channels with conditions:**\n${asking.join('\n')}`] : []),
    ].join('\n\n'),
    {
      title: all.length === 0 ? 'No rules' : all.length === 1 ? '1 rule' : `${all.length} rules`,
      ...(footer && { footer }),
      actions: [
        ...turns,
        ...shown
          .filter(({ endpoint }) => owns(caller, endpoint))
          .map(({ endpoint, rule }, index) => ({
            label: cutText(`Remove ${rule.when}`, 60),
            command: 'rules',
            options: { endpoint: endpoint.id, remove: rule.id },
            tucked: index > 1,
          })),
      ],
      data: {
        rules: shown.map(({ endpoint, rule }) => ({
          ...rule,
          endpoint: endpoint.name,
          hidden: counted.get(rule.id) ?? 0,
        })),
      },
    },
  );
}

function describeRuleMarkdown({ when, severity }: Rule): Markdown {
  return severity ? `sets the severity to **${severity}** when ${inlineCode(when)}` : `hides ${inlineCode(when)}`;
}
