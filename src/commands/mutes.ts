import { defineCommand } from '../core/command/command.ts';
import { isListed } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import { describeMatch } from '../core/settings/mute.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { pageOption, toPage } from './shared/pages.ts';

const PAGE = 10;
const BUTTONS = 5;
const COUNTED = 100;

export default defineCommand({
  summary: 'List what is muted, until when, by whom and why',
  examples: ['/webhook mutes', '/webhook mutes api-alerts'],
  aliases: ['silences'],
  permission: 'member',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only the mutes of this endpoint' },
    mine: { type: 'flag', optional: true, description: 'Only mutes of your own endpoints' },
    page: pageOption,
  },

  async run({ options, caller }, { view, journal, clock }) {
    const only = options.endpoint === undefined ? undefined : await view.find(options.endpoint);
    const endpoints = (only ? [only] : await view.endpoints()).filter(
      ({ owners }) => !options.mine || isListed(owners, caller),
    );
    const names = new Map(endpoints.map(({ id, name }) => [id, name]));
    const now = clock.now().getTime();
    const mutes = (await view.mutes(only?.id))
      .filter(({ endpointId, until }) => names.has(endpointId) && Date.parse(until) > now)
      .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
    if (!mutes.length)
      return reply(
        `${only ? `Nothing from ${inlineCode(only.name)}` : options.mine ? 'Nothing of yours' : 'Nothing'} is muted. ${inlineCode(`/webhook mute ${only?.name ?? '<endpoint>'} source=… for 2h`)} mutes a source.`,
        {
          data: { mutes: [] },
        },
      );

    const { shown, footer, turns } = toPage(mutes, {
      page: options.page,
      size: PAGE,
      command: 'mutes',
      options: { ...(only && { endpoint: only.id }), ...(options.mine && { mine: 'true' }) },
    });
    const entries = await Promise.all(
      shown.map(async (mute) => ({
        mute,
        name: names.get(mute.endpointId) ?? mute.endpointId,
        held: (await journal.posts.list({ muteId: mute.id, state: 'held', limit: COUNTED })).length,
      })),
    );
    const lines = entries.map(({ mute: { id, match, until, by, reason }, name, held }) =>
      [
        `- **${escapeMarkdown(name)}** ${inlineCode(describeMatch(match))} until ${momentMarkdown(new Date(until))} by ${escapeMarkdown(by)}${reason ? `: ${escapeMarkdown(reason)}` : ''}`,
        `${held >= COUNTED ? `${COUNTED} or more` : held} held`,
        inlineCode(id),
      ].join(' · '),
    );
    return reply(lines.join('\n'), {
      title: mutes.length === 1 ? '1 mute' : `${mutes.length} mutes`,
      ...(footer && { footer }),
      actions: [
        ...turns,
        ...entries.map(({ mute, name }, index) => ({
          label: `Unmute ${name} ${describeMatch(mute.match)}`,
          command: 'unmute',
          options: { endpoint: mute.endpointId, mute: mute.id },
          ...(index >= BUTTONS && { tucked: true }),
        })),
      ],
      data: { mutes: entries.map(({ mute, name, held }) => ({ ...mute, endpoint: name, held })) },
    });
  },
});
