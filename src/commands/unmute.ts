import { type CommandParts, defineCommand } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode, quoted } from '../core/message/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import { severities } from '../core/message/severity.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { describeMatch, type Mute } from '../core/settings/mute.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { sameMatch, toMatch } from './shared/mute-preview.ts';
import { recordChange } from './shared/record-change.ts';

const BUTTONS = 5;

export default defineCommand({
  summary: 'End a mute now; its channels get the digest',
  help: 'With several mutes on an endpoint, name one by its id or by what it matches, or end `all`.',
  examples: [
    '/webhook unmute api-alerts',
    '/webhook unmute api-alerts source=acme/api',
    '/webhook unmute api-alerts all',
  ],
  aliases: ['unsilence'],
  permission: 'member',
  options: {
    endpoint: endpointOption,
    mute: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'mute',
      example: 'all',
      description: 'The id of the mute, or all',
    },
    source: {
      type: 'string',
      optional: true,
      complete: 'source',
      example: 'acme/api',
      description: 'The mute of this source',
    },
    type: { type: 'string', optional: true, complete: 'type', example: 'push', description: 'The mute of this type' },
    severity: {
      type: 'string',
      optional: true,
      choices: severities,
      example: 'info',
      description: 'The mute of this severity',
    },
    actor: { type: 'string', optional: true, example: '*[bot]', description: 'The mute of this person or bot' },
    subject: {
      type: 'string',
      optional: true,
      example: 'pull_request:acme/api#12',
      description: 'The mute of this one thing',
    },
  },

  async run({ options, caller }, parts) {
    const endpoint = findEndpoint(parts.settings.current, options.endpoint);
    const mutes = parts.settings.current.mutes.filter(({ endpointId }) => endpointId === endpoint.id);
    if (!mutes.length)
      return reply(`${inlineCode(endpoint.name)} is not muted. ${inlineCode('/webhook mutes')} shows what is.`, {
        data: { code: 'not_muted', ended: [] },
      });

    const match = toMatch(options);
    const chosen = choose(mutes, options.mute, match);
    if (!chosen.length) {
      const wanted = options.mute === undefined ? inlineCode(describeMatch(match)) : quoted(options.mute);
      throw new OptionError(
        'mute',
        `\`${endpoint.name}\` has no mute ${wanted}. It has ${mutes.map((mute) => inlineCode(describeMatch(mute.match))).join(', ')}.`,
        {
          code: 'not_found',
          status: 404,
        },
      );
    }
    if (chosen.length > 1 && options.mute?.toLowerCase() !== 'all') return whichOne(endpoint, chosen);
    return end(endpoint, chosen, caller, parts);
  },
});

function choose(mutes: readonly Mute[], typed: string | undefined, match: Mute['match']): readonly Mute[] {
  if (typed !== undefined)
    return typed.toLowerCase() === 'all'
      ? mutes
      : mutes.filter((mute) => mute.id === typed || describeMatch(mute.match) === typed.toLowerCase());
  return Object.keys(match).length ? mutes.filter((mute) => sameMatch(mute.match, match)) : mutes;
}

function whichOne({ id: endpointId, name }: Endpoint, mutes: readonly Mute[]) {
  const lines = mutes.map(
    ({ id, match, until }) =>
      `- ${inlineCode(describeMatch(match))} until ${momentMarkdown(new Date(until))} · ${inlineCode(id)}`,
  );
  return reply([`${inlineCode(name)} has ${mutes.length} mutes. Which one ends?`, lines.join('\n')].join('\n\n'), {
    actions: [
      ...mutes.slice(0, BUTTONS).map(({ id, match }) => ({
        label: `Unmute ${describeMatch(match)}`,
        command: 'unmute',
        options: { endpoint: endpointId, mute: id },
      })),
      { label: 'Unmute all', command: 'unmute', options: { endpoint: endpointId, mute: 'all' }, style: 'primary' },
    ],
    data: { code: 'choose', mutes },
  });
}

async function end({ id: endpointId, name }: Endpoint, mutes: readonly Mute[], caller: Caller, parts: CommandParts) {
  for (const { id, match } of mutes) {
    await parts.relay.endMute(id);
    await recordChange(parts, caller, {
      action: 'unmute',
      endpointId,
      detail: `unmuted ${name} ${describeMatch(match)}`,
    });
  }
  const what = mutes.map(({ match }) => inlineCode(describeMatch(match))).join(', ');
  return reply(
    `${escapeMarkdown(caller.userName)} unmuted ${what} from ${inlineCode(name)}. Where something was held, a digest says what.`,
    {
      severity: 'good',
      visibleTo: 'channel',
      data: { ended: mutes.map(({ id }) => id) },
    },
  );
}
