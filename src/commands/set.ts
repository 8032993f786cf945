import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { severities } from '../core/message/severity.ts';
import { newId } from '../core/settings/ids.ts';
import { describeRule, type Rule } from '../core/settings/rule.ts';
import type { Settings } from '../core/settings/settings.ts';
import { plural } from '../core/text/line.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { withRules } from './shared/rules/change-rules.ts';
import { describeDoubts } from './shared/rules/describe-trial.ts';
import { tryOptions } from './shared/rules/options.ts';
import { toTyped } from './shared/rules/to-typed.ts';
import { tryChange } from './shared/rules/try-change.ts';

export default defineCommand({
  summary: 'Give some events another severity, so that colours, quiet hours and pings follow',
  help: 'The condition is in CEL, over `payload`, `about`, `type`, `provider`, `endpoint`, `headers` and `now`. Of several rules the newest that fits counts; `/webhook rules` lists them and removes them. `try` says what it would have done to the last days, and saves nothing.',
  examples: [
    '/webhook set api-alerts severity=critical when="payload.level == \'fatal\'"',
    '/webhook set api-alerts severity=info when="about.environment == \'staging\'" try',
  ],
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    severity: { type: 'string', choices: severities, example: 'critical', description: 'The severity that they get' },
    when: {
      type: 'string',
      keyword: 'when',
      example: '"about.environment == \'staging\'"',
      description: 'Which events, as a condition in CEL',
      long: true,
    },
    ...tryOptions,
  },

  async run({ options, caller }, parts) {
    const { view, changes, rules, clock } = parts;
    const endpoint = await view.find(options.endpoint);
    const severity = severities.find((known) => known === options.severity) ?? 'info';
    const rule: Rule = {
      id: newId(),
      when: rules.check(options.when, 'when'),
      severity,
      by: caller.userName,
      createdAt: clock.now().toISOString(),
    };
    const plan = (settings: Settings) =>
      withRules(settings, endpoint, {
        action: 'set',
        version: options.version,
        detail: describeRule(rule),
        // The newest comes first, because the first that fits counts.
        change: (known) => [rule, ...known],
      });
    const typed = { ...toTyped(options), endpoint: endpoint.id };
    const title = `severity ${severity} for some of ${endpoint.name}`;
    const { answer, trial } = await tryChange({ title, command: 'set', typed, endpoint, caller, plan }, options, parts);
    if (answer) return answer;
    const { name } = await changes.settings(plan);
    const changed = trial?.events
      ? [
          `${trial.severities ? trial.severities.toLocaleString('en') : 'None'} of ${plural(trial.events, 'event')} of the last days would have had another severity.`,
        ]
      : [];
    const effect = trial ? [...changed, ...describeDoubts(trial, clock.now())] : [];
    return reply(
      [
        `${escapeMarkdown(caller.userName)} set the severity of ${inlineCode(name)} events to **${severity}** when ${inlineCode(rule.when)}.`,
        ...effect,
      ].join('\n\n'),
      {
        severity: 'good',
        visibleTo: 'channel',
        actions: [{ label: 'Undo', command: 'rules', options: { endpoint: endpoint.id, remove: rule.id } }],
        data: { rule },
      },
    );
  },
});
