import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { likenesses, type Proposal, type Trial } from '../core/command/desks/rule-desk.ts';
import { type Caller, owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, notFound, OptionError } from '../core/errors.ts';
import type { StoredEvent } from '../core/event/event.ts';
import { eventLink } from '../core/event/event-line.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../core/message/message.ts';
import { isSamePlace } from '../core/settings/channel.ts';
import type { Endpoint, Route } from '../core/settings/endpoint.ts';
import { newId } from '../core/settings/ids.ts';
import { describeRule, type Rule } from '../core/settings/rule.ts';
import type { Settings } from '../core/settings/settings.ts';
import { cutText } from '../core/text/cut-text.ts';
import { findEvent } from './shared/find-event.ts';
import { describePlace } from './shared/find-place.ts';
import { withRules } from './shared/rules/change-rules.ts';
import { describeEffect, describeGraves } from './shared/rules/describe-trial.ts';
import { tryOptions } from './shared/rules/options.ts';
import { toTyped } from './shared/rules/to-typed.ts';
import { knownRoutes, toSpan, tryChange } from './shared/rules/try-change.ts';

/** Examples that a proposal names. */
const NAMED = 3;
const TITLE = 80;

export default defineCommand({
  summary: 'Propose rules that would hide an event and similar ones, each tried on the last week',
  help: 'Called from a channel that the endpoint posts in, a rule hides them there; from elsewhere, in all channels. Owners save a rule with one click, and take it back with another.',
  examples: ['/webhook fewer 1234', '/webhook fewer 1234 by=actor', '/webhook fewer 1234 by=actor try'],
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
    by: {
      type: 'string',
      optional: true,
      choices: likenesses,
      example: 'actor',
      description: 'Hide what has the same actor, type and state, branch, label, or source and severity',
    },
    ...tryOptions,
  },

  async run({ options, caller }, parts) {
    const { view, journal, rules, changes } = parts;
    const event = await findEvent(journal, options.event);
    const endpoint = await view.lookUp(event.endpointId);
    if (!endpoint) throw notFound('The endpoint of this event');
    const here = endpoint.routes.find((route) => isSamePlace(route, caller));
    const proposals = rules.propose(event);
    if (options.by === undefined) return offer({ event, endpoint, here, proposals, caller }, options.days, parts);

    const proposal = proposals.find(({ by }) => by === options.by);
    if (!proposal)
      throw new OptionError(
        'by',
        `This event has no ${options.by} to go by. It has ${proposals.map(({ by }) => `\`${by}\``).join(', ')}.`,
      );
    if (!options.try && !owns(caller, endpoint))
      throw new AppError(
        403,
        'forbidden',
        `Only an owner of \`${endpoint.name}\` or an admin may save a rule. Ask one to press it.`,
      );
    const rule = toRule(proposal, { here, endpoint, caller, parts });
    // What a version has become names channels, and only owners know all of them.
    const plan = planOf(rule, endpoint, owns(caller, endpoint) ? options.version : undefined);
    const typed = { ...toTyped(options), event: event.id };
    const title = `hide ${proposal.what.replaceAll('`', '')}`;
    const { answer, trial } = await tryChange(
      { title, command: 'fewer', typed, endpoint, caller, plan, maySave: owns(caller, endpoint) },
      options,
      parts,
    );
    if (answer) return answer;
    await changes.settings(plan);
    const where = rule.routeId && here ? ` in ${describePlace(here, caller, parts.platforms)}` : '';
    return reply(
      [
        `${escapeMarkdown(caller.userName)} asked for fewer like ${eventLink(event)}: ${sentenceMarkdown(proposal.what)} is hidden from now on${escapeMarkdown(where)}.`,
        `${inlineCode(rule.when)}${trial ? ` · ${describeEffect(trial, parts.clock.now())}` : ''}`,
      ].join('\n\n'),
      {
        severity: 'good',
        visibleTo: 'channel',
        actions: [
          { label: 'Undo', command: 'rules', options: { endpoint: endpoint.id, remove: rule.id } },
          { label: 'Rules', command: 'rules', options: { endpoint: endpoint.id } },
        ],
        data: { rule },
      },
    );
  },
});

function toRule(
  { when }: Pick<Proposal, 'when'>,
  {
    here,
    endpoint,
    caller,
    parts,
  }: {
    readonly here: Route | undefined;
    readonly endpoint: Endpoint;
    readonly caller: Caller;
    readonly parts: Pick<CommandParts, 'clock'>;
  },
): Rule {
  return {
    id: newId(),
    when,
    ...(here && endpoint.routes.length > 1 && { routeId: here.id }),
    by: caller.userName,
    createdAt: parts.clock.now().toISOString(),
  };
}

function planOf(rule: Rule, endpoint: Endpoint, version?: string) {
  return (settings: Settings) =>
    withRules(settings, endpoint, {
      action: 'fewer',
      version,
      detail: describeRule(rule),
      change(rules) {
        const same = rules.find(
          ({ when, routeId, severity }) => when === rule.when && routeId === rule.routeId && !severity,
        );
        if (same)
          throw new AppError(
            409,
            'already_there',
            `${same.by} made this rule already, so nothing was changed. \`/webhook rules\` lists it.`,
          );
        return [...rules, rule];
      },
    });
}

interface Offer {
  readonly event: StoredEvent;
  readonly endpoint: Endpoint;
  readonly here: Route | undefined;
  readonly proposals: readonly Proposal[];
  readonly caller: Caller;
}

async function offer(
  { event, endpoint, here, proposals, caller }: Offer,
  days: number | undefined,
  parts: CommandParts,
) {
  const { rules, platforms, clock } = parts;
  const isThere = (when: string) => (endpoint.rules ?? []).some((rule) => rule.when === when && !rule.severity);
  const open = proposals.filter(({ when }) => !isThere(when));
  const trials = await rules.try({
    endpointId: endpoint.id,
    ...knownRoutes(endpoint, caller),
    changes: open
      .map((proposal) => planOf(toRule(proposal, { here, endpoint, caller, parts }), endpoint))
      .map((plan) => (settings) => plan(settings).settings),
    span: toSpan(days),
  });
  const tried = open.flatMap((proposal, index) => {
    const trial = trials[index];
    return trial ? [{ proposal, trial }] : [];
  });
  const where = here && endpoint.routes.length > 1 ? ` in ${describePlace(here, caller, platforms)}` : '';
  if (!tried.length)
    return reply(
      `There is a rule already for everything that this event has. ${inlineCode(`/webhook rules ${endpoint.name}`)} lists them.`,
      { data: { proposals: [] } },
    );
  return reply(
    [
      `Fewer like ${eventLink(event)}${escapeMarkdown(where)}?`,
      ...tried.map(
        ({ proposal, trial }, index) =>
          `**${index + 1}. Hide ${sentenceMarkdown(proposal.what)}.** ${describeProposal(trial, clock.now())}`,
      ),
      owns(caller, endpoint)
        ? 'Nothing is hidden until you choose one.'
        : `An owner of ${inlineCode(endpoint.name)} can save one of them.`,
    ].join('\n\n'),
    {
      title: 'Fewer like this',
      severity: tried.some(({ trial }) => trial.grave) ? 'warning' : 'info',
      actions: tried
        .map(({ proposal: { by, what } }, index) => ({
          label: cutText(
            `${owns(caller, endpoint) ? 'Hide' : 'Try it,'} ${index + 1}: ${what.replaceAll('`', '')}`,
            60,
          ),
          command: 'fewer',
          options: { event: event.id, by, ...(owns(caller, endpoint) ? {} : { try: 'true' }) },
        }))
        .concat(
          owns(caller, endpoint)
            ? tried.map(({ proposal: { by, what } }, index) => ({
                label: cutText(`Try it, ${index + 1}: ${what.replaceAll('`', '')}`, 60),
                command: 'fewer',
                options: { event: event.id, by, try: 'true' },
                tucked: true,
              }))
            : [],
        ),
      data: { proposals: tried.map(({ proposal, trial }) => ({ ...proposal, trial })) },
    },
  );
}

/** `With this change, 41 messages … instead of 212. These 3 would be hidden: …`, the severe ones first. */
function describeProposal(trial: Trial, now: Date): Markdown {
  const { losses, lost } = trial;
  const shown = losses.slice(0, NAMED).map(({ title }) => `- ${escapeMarkdown(cutText(title, TITLE))}`);
  const which =
    lost > shown.length
      ? `Among those hidden are:`
      : lost === 1
        ? 'This one would be hidden:'
        : `These ${lost} would be hidden:`;
  return [
    describeEffect(trial, now),
    ...(shown.length ? [`${which}\n${shown.join('\n')}`] : []),
    ...[describeGraves(trial, NAMED) ?? []].flat(),
  ]
    .join(' ')
    .replace(/ (?=🔴)/, '\n\n');
}
