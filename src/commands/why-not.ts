import { defineCommand } from '../core/command/command.ts';
import { owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode, quoted } from '../core/message/markdown/inline-code.ts';
import { DAY } from '../core/text/duration.ts';
import { plural } from '../core/text/line.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { testActions } from './shared/test-action.ts';
import { describeSpan, explainSilence } from './shared/why/arrival.ts';
import { actionsOf, describeGroupOf, groupFates, obstaclesOf } from './shared/why/describe-fates.ts';
import { explainHeld } from './shared/why/explain-held.ts';
import { findFates } from './shared/why/find-fates.ts';
import { describeGroup, findActions, groupRefusals } from './shared/why/refused.ts';

/** Events that are looked at one by one. */
const EVENTS = 50;
/** Reasons that are named. */
const REASONS = 8;
const BUTTONS = 4;

export default defineCommand({
  summary: 'Say why something never came: not sent, refused, filtered, muted, in a roll-up, failed or deleted',
  help: 'Looks at what an endpoint received lately, a day unless `since` says otherwise, and with words only at what has them. It answers for this channel if the endpoint has a route to it, otherwise for all its channels. It may be typed as two words: `/webhook why not`.',
  examples: [
    '/webhook why not api-alerts',
    '/webhook why not api-alerts deploy failed',
    '/webhook why not api-alerts since=2h',
  ],
  permission: 'member',
  options: {
    endpoint: endpointOption,
    words: {
      type: 'string',
      positional: true,
      rest: true,
      optional: true,
      example: 'deploy failed',
      description: 'Only what has these words',
    },
    since: {
      type: 'duration',
      keyword: 'since',
      optional: true,
      complete: 'duration',
      example: '2h',
      description: 'How far back; a day when left out',
    },
  },

  async run({ options: { endpoint: typed, words, since = DAY }, caller }, parts) {
    if (since <= 0) throw new OptionError('since', 'How far back must be more than nothing, such as `2h`.');
    const { view, journal, pending, clock } = parts;
    const endpoint = await view.find(typed);
    const from = new Date(clock.now().getTime() - since);
    const asked = { endpointId: endpoint.id, since: from, ...(words !== undefined && { words }) };
    const found = await journal.events.list({
      endpointId: endpoint.id,
      since: from,
      limit: EVENTS + 1,
      ...(words !== undefined && { q: words }),
    });
    const held = found.length === 0 && owns(caller, endpoint) ? await pending.count(endpoint.id) : 0;
    if (held) return explainHeld(endpoint, held);
    const refused = owns(caller, endpoint) ? await groupRefusals(asked, journal) : [];
    const events = found.slice(0, EVENTS);
    const groups = groupFates(await findFates(events, { endpoint, caller, parts }));
    const mutes = await view.mutes(endpoint.id);
    const shown = await Promise.all(
      groups.slice(0, REASONS).map(async (group) => {
        const fateParts = { ...parts, caller, endpoint, mutes, obstacles: await obstaclesOf(group, parts) };
        return { line: describeGroupOf(group, fateParts), actions: actionsOf(group, fateParts) };
      }),
    );
    const arrival =
      events.length === 0 ? await explainSilence(endpoint, { words, since, isReached: refused.length > 0, parts }) : [];
    const lines = [
      ...arrival,
      ...refused.map((group) => describeGroup(group, words)),
      ...(owns(caller, endpoint) || events.length > 0
        ? []
        : ['- Only its owners see whether deliveries were refused.']),
      ...shown.map(({ line }) => line),
    ];
    const head = `What ${inlineCode(endpoint.name)} received in the last ${describeSpan(since)}${words === undefined ? '' : ` with ${quoted(words)}`}${found.length > EVENTS ? `, of which the newest ${EVENTS} were looked at` : ''}:`;
    const actions = [...findActions(refused.map(({ latest }) => latest)), ...shown.flatMap((group) => group.actions)];
    return reply([...(events.length || refused.length ? [head] : []), lines.join('\n')].join('\n\n'), {
      title: `Why not: ${endpoint.name}`,
      severity: refused.length || groups.some(([{ kind }]) => kind === 'failed') ? 'warning' : 'info',
      ...(groups.length > REASONS && { footer: `and ${plural(groups.length - REASONS, 'further reason')}` }),
      actions: [
        ...[
          ...new Map(actions.map((action) => [action.command + JSON.stringify(action.options), action])).values(),
        ].slice(0, BUTTONS),
        ...(events[0] ? [{ label: 'Why', command: 'why', options: { event: events[0].id } }] : []),
        ...(events.length ? [] : testActions(endpoint, parts)),
      ],
      data: {
        reasons: [
          ...(events.length ? [] : [{ reason: 'nothing_arrived', events: 0 }]),
          ...refused.map(({ status, reason, times }) => ({ reason: 'refused', status, text: reason, events: times })),
          ...groups.map((group) => ({
            reason: group[0].kind,
            text: group[0].reason,
            events: group.length,
            latest: group[0].event.id,
            channel: group[0].route?.channelName ?? null,
          })),
        ],
      },
    });
  },
});
