import { defineCommand } from '../core/command/command.ts';
import type { Trial } from '../core/command/desks/rule-desk.ts';
import { broadcasts, follows } from '../core/event/follow.ts';
import { densities, notifyLevels, pingLevels } from '../core/message/density.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import type { Place } from '../core/settings/channel.ts';
import { newId } from '../core/settings/ids.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace, findPlace } from './shared/find-place.ts';
import { describeReplaced, isNamed } from './shared/route/change-routes.ts';
import { holdOptions, toHolds } from './shared/route/holds.ts';
import { listRoutes } from './shared/route/list-routes.ts';
import { toLook } from './shared/route/look.ts';
import { planRoute } from './shared/route/plan-route.ts';
import { describeSaved, describeShare } from './shared/rules/describe-trial.ts';
import { conditionOptions, tryOptions } from './shared/rules/options.ts';
import { toConditions } from './shared/rules/to-conditions.ts';
import { toTyped } from './shared/rules/to-typed.ts';
import { tryChange } from './shared/rules/try-change.ts';

const { filter, ...shortForms } = conditionOptions;

export default defineCommand({
  summary: 'Add a channel to an endpoint, remove one, or list them',
  help: 'For a channel of another platform, put the platform first, such as `discord:#ops`.\n\nWhich events a channel gets: `only=push,release`, `not=actor:*[bot]`, `severity>=warning`, `branch=main,release/*`, `path=services/api/**`, `label!=wip`, or any condition in CEL as `filter=`, over `payload`, `about`, `type`, `provider`, `endpoint`, `headers` and `now`. An event that is about no branch, or names no files, passes `branch` and `path`. With `when=` a channel is chosen by a condition, and the one with `otherwise` takes the rest. `try` says what a change would have done to the last days, and saves nothing. A condition that cannot be evaluated lets the event pass.\n\nA channel can gather what comes: `digest=daily 9:00`, `weekly mon 9:00` or `hourly` shows it together at that time, `quiet=22:00-07:00` when those hours end; `except severity>=critical`, or any condition, is posted at once all the same. Times are in your own time zone; `zone=Europe/Berlin` names one. `digest=none` and `quiet=none` end it, and what was held is shown then.',
  examples: [
    '/webhook route api-alerts add #dev',
    '/webhook route api-alerts add #dev density=compact notify=never',
    '/webhook route api-alerts add #dev pings=critical',
    '/webhook route api-alerts add #dev votes=on',
    '/webhook route api-alerts add #dev follow=thread broadcast=end',
    '/webhook route api-alerts add #dev only=push,release not=actor:*[bot]',
    '/webhook route api-alerts add #dev severity>=warning try',
    "/webhook route api-alerts add #dev filter=\"payload.action in ['opened', 'closed']\"",
    '/webhook route api-alerts add #oncall when="about.severity == \'critical\'"',
    '/webhook route api-alerts add #rest otherwise',
    '/webhook route api-alerts add #dev digest=daily 9:00 except severity>=critical',
    '/webhook route api-alerts add #dev quiet=22:00-07:00 except severity>=critical zone=Europe/Berlin',
    '/webhook route api-alerts remove #dev',
    '/webhook route api-alerts',
  ],
  aliases: ['routes', 'filter'],
  place: 10,
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    action: {
      type: 'string',
      positional: true,
      optional: true,
      choices: ['add', 'remove', 'list'],
      example: 'add',
      description: 'What to do; add where a channel is named, otherwise list',
    },
    channel: {
      type: 'channel',
      positional: true,
      optional: true,
      complete: 'channel',
      example: '#dev',
      description: 'Which channel; this one when left out',
    },
    density: {
      type: 'string',
      optional: true,
      choices: densities,
      example: 'compact',
      description: 'How much of a message is shown there: one line, about six, or everything',
    },
    notify: {
      type: 'string',
      optional: true,
      choices: notifyLevels,
      example: 'important',
      description: 'When phones are notified: always, when it is important, or never',
    },
    follow: {
      type: 'string',
      optional: true,
      choices: follows,
      example: 'edit',
      description: 'What later events of the same thing do: edit its message, reply in a thread, or post a new message',
    },
    broadcast: {
      type: 'string',
      optional: true,
      choices: broadcasts,
      example: 'end',
      description: 'Which replies in a Slack thread the channel shows too: none, the one that ends it, or all',
    },
    reactions: {
      type: 'string',
      optional: true,
      choices: ['on', 'off'],
      example: 'on',
      description: 'Whether reactions on a Slack message show that it is acknowledged, and that it is over',
    },
    votes: {
      type: 'string',
      optional: true,
      choices: ['on', 'off'],
      example: 'on',
      description: 'Whether messages have 👍 and 👎, which `/webhook noise` counts',
    },
    repeats: {
      type: 'duration',
      optional: true,
      example: '4h',
      description: 'How long repeats are counted on the message instead of posted; a day when left out',
    },
    pings: {
      type: 'string',
      optional: true,
      choices: pingLevels,
      example: 'warning',
      description: 'From which severity on people are pinged there: always, warning, critical, or never',
    },
    stale: {
      type: 'duration',
      optional: true,
      example: '2h',
      description: 'Past which age what could not be posted in time is only summarised; never when left out',
    },
    filter,
    when: {
      type: 'string',
      optional: true,
      example: '"about.source == \'acme/api\'"',
      description: 'What chooses this channel, as a condition in CEL; none removes it',
      long: true,
    },
    otherwise: { type: 'flag', optional: true, description: 'This channel takes what no channel with a `when` takes' },
    ...holdOptions,
    try: tryOptions.try,
    days: tryOptions.days,
    confirm: tryOptions.confirm,
    // Discord takes 25 options, and `filter` can say what comes last.
    ...shortForms,
    version: tryOptions.version,
  },

  async run({ options, caller, readIn }, parts) {
    const { view, changes, platforms, rules, clock } = parts;
    const known = await view.find(options.endpoint);
    const conditions = toConditions(options, rules);
    const holds = toHolds(options, { zone: readIn ?? 'UTC', rules });
    const look = toLook(options);
    const isChange = Object.keys(look).length > 0 || conditions !== undefined || holds !== undefined;
    const said = options.action ?? (isChange || options.channel ? 'add' : 'list');
    const describe = (place: Place) => describePlace(place, caller, platforms);
    if (said === 'list') return listRoutes(known, describe);
    const action = said === 'remove' ? 'remove' : 'add';

    // A channel that is gone from its platform must still be removable.
    const named = action === 'remove' && known.routes.find((route) => isNamed(route, options.channel ?? ''));
    const place = named || (await findPlace(options.channel, { caller, field: 'channel' }, parts));
    const edited = (conditions || holds) && { editedBy: caller.userName, editedAt: clock.now().toISOString() };
    const asked = isChange ? { ...look, ...conditions, ...holds, ...edited } : undefined;
    const { version } = options;
    const id = newId();
    const plan = planRoute(known, { action, place, describe, id, asked, version });
    // What a channel that is new gets of its own, the sum over all channels does not say.
    const alsoSay = ({ shares }: Trial) =>
      shares[id] === undefined ? [] : [describeShare(shares[id], escapeMarkdown(describe(place)))];

    const isTried = options.try || (conditions !== undefined && action === 'add');
    const typed = {
      ...toTyped(options),
      ...(holds && readIn !== undefined && { zone: readIn }),
      endpoint: known.id,
      action,
      channel: `${place.platform}:${place.channel}`,
    };
    const title = `${action === 'add' ? '' : 'without '}${describe(place)} of ${known.name}`;
    const { answer, trial } = isTried
      ? await tryChange({ title, command: 'route', typed, endpoint: known, caller, plan, alsoSay }, options, parts)
      : {};
    if (answer) return answer;

    const { endpoint, before } = await changes.settings(plan);
    const done = action === 'add' ? 'now posts' : 'no longer posts';
    return listRoutes(endpoint, describe, [
      `${inlineCode(endpoint.name)} ${done} in ${escapeMarkdown(describe(place))}.`,
      ...((conditions || holds) && before ? describeReplaced(before, clock.now()) : []),
      ...(trial ? [...describeSaved(trial, clock.now()), ...alsoSay(trial)] : []),
    ]);
  },
});
