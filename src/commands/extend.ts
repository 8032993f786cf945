import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode, quoted } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { muteTimes, muteTimesText } from '../core/settings/describe-mute.ts';
import { describeMatch, isOver } from '../core/settings/mute.ts';
import { describeDuration, HOUR } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { LONGEST_MUTE } from './shared/mute/times.ts';

export default defineCommand({
  summary: 'Extend a mute',
  help: 'By an hour when nobody says how long. It lasts 30 days from now at most.',
  examples: ['/webhook extend api-alerts', '/webhook extend api-alerts 1f0c9a2b3c4d by 4h'],
  clicked: true,
  permission: 'member',
  options: {
    endpoint: endpointOption,
    mute: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'mute',
      example: '1f0c9a2b3c4d',
      description: 'The id of the mute; the only one when left out',
    },
    by: {
      type: 'duration',
      keyword: 'by',
      optional: true,
      complete: 'duration',
      example: '1h',
      description: 'By how much; 1 hour when left out',
    },
  },

  async run({ options, caller }, { view, changes, clock, relay }) {
    const endpoint = await view.find(options.endpoint);
    const by = options.by ?? HOUR;
    if (by <= 0)
      throw new OptionError('by', 'A mute can only last longer, such as `by 1h`. `/webhook unmute` ends it.');
    const all = (await view.mutes(endpoint.id)).filter(({ until }) => until !== undefined);
    const chosen = options.mute === undefined ? all : all.filter(({ id }) => id === options.mute);
    if (chosen.length !== 1)
      throw new OptionError(
        'mute',
        chosen.length
          ? `\`${endpoint.name}\` has several mutes. Name one by its id, which \`/webhook mutes ${endpoint.name}\` lists.`
          : `\`${endpoint.name}\` has no mute${options.mute === undefined ? ' that ends' : ` ${quoted(options.mute)}`}. \`/webhook mutes ${endpoint.name}\` lists what is muted.`,
        chosen.length ? {} : { code: 'not_found', status: 404 },
      );
    const [{ id } = { id: '' }] = chosen;
    const mute = await changes.settings((current) => {
      const now = clock.now();
      const before = current.mutes.find((each) => each.id === id && !isOver(each, now));
      if (before?.until === undefined)
        throw new AppError(409, 'not_muted', 'This mute ended a moment ago, so there was nothing left to extend.');
      const until = Date.parse(before.until) + by;
      if (until > now.getTime() + LONGEST_MUTE)
        throw new OptionError(
          'by',
          `A mute lasts ${describeDuration(LONGEST_MUTE)} at most, so that nobody forgets it. Extend it by less.`,
        );
      const after = { ...before, until: new Date(until).toISOString() };
      return {
        change: {
          action: 'extend',
          endpointId: endpoint.id,
          detail: `extended the mute of ${endpoint.name} ${describeMatch(before)} by ${describeDuration(by)}`,
          before: muteTimesText(before, current.endpoints),
          after: muteTimesText(after, current.endpoints),
        },
        settings: { ...current, mutes: current.mutes.map((each) => (each === before ? after : each)) },
        result: after,
      };
    });
    const said = reply(
      `${escapeMarkdown(caller.userName)} extended the mute of ${inlineCode(describeMatch(mute))} from ${inlineCode(endpoint.name)}: ${muteTimes(mute, [])}.`,
      {
        visibleTo: 'channel',
        actions: [{ label: 'Unmute', command: 'unmute', options: { endpoint: endpoint.id, mute: id } }],
        data: { mute },
      },
    );
    await relay.announce(endpoint.id, said.message, caller);
    return said;
  },
});
