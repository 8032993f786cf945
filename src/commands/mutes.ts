import { defineCommand } from '../core/command/command.ts';
import { isListed } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { muteTimes } from '../core/settings/describe-mute.ts';
import { describeMatch, isOver, type Mute } from '../core/settings/mute.ts';
import { watchHours } from '../core/text/calendar/weekly-hours.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { pageOption, toPage } from './shared/pages.ts';

const PAGE = 10;
const BUTTONS = 5;
const COUNTED = 100;

export default defineCommand({
  summary: 'List what is muted, until when, by whom and why',
  examples: ['/webhook mutes', '/webhook mutes api-alerts'],
  aliases: ['silences'],
  place: 9,
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
    const now = clock.now();
    const mutes = (await view.mutes(only?.id))
      .filter((mute) => names.has(mute.endpointId) && !isOver(mute, now))
      .toSorted((a, b) => endOf(a) - endOf(b));
    // A mute may wait for an endpoint that is not listed.
    const known = mutes.some((mute) => mute.while) ? await view.endpoints() : [];
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
    const lines = entries.map(({ mute, name, held }) => {
      const { id, by, reason } = mute;
      return [
        `- **${escapeMarkdown(name)}** ${inlineCode(describeMatch(mute))} ${muteTimes(mute, known)} by ${escapeMarkdown(by)}${reason ? `: ${escapeMarkdown(reason)}` : ''}`,
        `${held >= COUNTED ? `${COUNTED} or more` : held} held`,
        ...describePause(mute, now),
        inlineCode(id),
      ].join(' · ');
    });
    return reply(lines.join('\n'), {
      title: mutes.length === 1 ? '1 mute' : `${mutes.length} mutes`,
      ...(footer && { footer }),
      actions: [
        ...turns,
        ...entries.map(({ mute, name }, index) => ({
          label: `Unmute ${name} ${describeMatch(mute)}`,
          command: 'unmute',
          options: { endpoint: mute.endpointId, mute: mute.id },
          ...(index >= BUTTONS && { tucked: true }),
        })),
      ],
      data: { mutes: entries.map(({ mute, name, held }) => ({ ...mute, endpoint: name, held })) },
    });
  },
});

/** Those that never end by themselves come last. */
function endOf({ until }: Mute): number {
  return until === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(until);
}

/** Whether a recurring mute holds at the moment, and when that changes. */
function describePause({ every }: Mute, now: Date): readonly Markdown[] {
  if (!every) return [];
  const hours = watchHours(every);
  const span = hours.at(now.getTime());
  return span
    ? [`holding until ${momentMarkdown(new Date(span.end))}`]
    : [`again from ${momentMarkdown(new Date(hours.next(now.getTime()).start))}`];
}
