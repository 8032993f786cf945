import { defineCommand } from '../core/command/command.ts';
import { ownedBy } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode } from '../core/message/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import { findEndpoint, lookUpEndpoint } from '../core/settings/endpoint-lookup.ts';
import { describeMatch } from '../core/settings/mute.ts';
import { endpointOption } from './shared/endpoint-option.ts';

const PAGE = 25;
const BUTTONS = 5;
const COUNTED = 100;

export default defineCommand({
  summary: 'List what is muted, until when, by whom and why',
  examples: ['/webhook mutes', '/webhook mutes api-alerts'],
  aliases: ['silences'],
  permission: 'member',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only those of this endpoint' },
    mine: { type: 'flag', optional: true, description: 'Only of endpoints that are yours' },
  },

  async run({ options, caller }, { settings, journal, clock }) {
    const { current } = settings;
    const only = options.endpoint === undefined ? undefined : findEndpoint(current, options.endpoint);
    const now = clock.now().getTime();
    const mine = new Set(options.mine ? ownedBy(caller, current).map(({ id }) => id) : undefined);
    const mutes = current.mutes
      .filter(({ endpointId }) => (!only || endpointId === only.id) && (!options.mine || mine.has(endpointId)))
      .filter(({ until }) => Date.parse(until) > now)
      .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
    if (!mutes.length)
      return reply(
        `Nothing${only ? ` of ${inlineCode(only.name)}` : options.mine ? ' of yours' : ''} is muted. ${inlineCode(`/webhook mute ${only?.name ?? '<endpoint>'} source=… for 2h`)} keeps a source quiet.`,
        {
          data: { mutes: [] },
        },
      );

    const shown = await Promise.all(
      mutes.slice(0, PAGE).map(async (mute) => ({
        mute,
        name: lookUpEndpoint(current, mute.endpointId)?.name ?? mute.endpointId,
        held: (await journal.posts.list({ muteId: mute.id, state: 'held', limit: COUNTED })).length,
      })),
    );
    const lines = shown.map(({ mute: { id, match, until, by, reason }, name, held }) =>
      [
        `- **${escapeMarkdown(name)}** ${inlineCode(describeMatch(match))} until ${momentMarkdown(new Date(until))} by ${escapeMarkdown(by)}${reason ? `: ${escapeMarkdown(reason)}` : ''}`,
        `${held >= COUNTED ? `${COUNTED} or more` : held} held`,
        inlineCode(id),
      ].join(' · '),
    );
    if (mutes.length > PAGE) lines.push(`\n${mutes.length - PAGE} more: name an endpoint to see its own.`);
    return reply(lines.join('\n'), {
      title: mutes.length === 1 ? '1 mute' : `${mutes.length} mutes`,
      actions: shown.map(({ mute, name }, index) => ({
        label: `Unmute ${name} ${describeMatch(mute.match)}`,
        command: 'unmute',
        options: { endpoint: mute.endpointId, mute: mute.id },
        ...(index >= BUTTONS && { tucked: true }),
      })),
      data: { mutes: shown.map(({ mute, name, held }) => ({ ...mute, endpoint: name, held })) },
    });
  },
});
