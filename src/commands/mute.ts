import { defineCommand } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { severities } from '../core/message/severity.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { newId } from '../core/settings/ids.ts';
import { describeMatch, type Mute } from '../core/settings/mute.ts';
import { DAY, describeDuration, HOUR } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePreview, matchesEverything, sameMatch, toMatch } from './shared/mute-preview.ts';
import { recordChange } from './shared/record-change.ts';

const USUAL = HOUR;
const LONGEST = 30 * DAY;
const REASON_LIMIT = 300;

export default defineCommand({
  summary: 'Keep an endpoint, or part of it, quiet for a while',
  help: `Every part you name must match; \`*\` stands for any text. What is held is kept: when the mute ends, its channels get a digest.
Without \`for\` or \`until\` a mute lasts an hour; 30 days is the longest.`,
  examples: [
    '/webhook mute api-alerts source=acme/api for 2h because "deploy night"',
    '/webhook mute api-alerts severity=info until tomorrow 9am',
  ],
  aliases: ['silence', 'snooze'],
  permission: 'member',
  options: {
    endpoint: endpointOption,
    source: {
      type: 'string',
      optional: true,
      complete: 'source',
      example: 'acme/api',
      description: 'Only this source; * stands for any text',
    },
    for: {
      type: 'duration',
      label: 'For how long',
      keyword: 'for',
      optional: true,
      complete: 'duration',
      example: '2h',
      description: 'How long; 1 hour when left out',
    },
    because: {
      type: 'string',
      label: 'Why',
      keyword: 'because',
      rest: true,
      optional: true,
      example: '"deploy night"',
      description: 'Why, for those who wonder',
    },
    type: { type: 'string', optional: true, complete: 'type', example: 'push', description: 'Only this type of event' },
    severity: {
      type: 'string',
      optional: true,
      choices: severities,
      example: 'info',
      description: 'Only this severity',
    },
    actor: { type: 'string', optional: true, example: '*[bot]', description: 'Only what this person or bot did' },
    subject: {
      type: 'string',
      optional: true,
      example: 'pull_request:acme/api#12',
      description: 'Only this one thing',
    },
    until: {
      type: 'moment',
      keyword: 'until',
      optional: true,
      example: 'tomorrow 9am',
      description: 'Until when, instead of how long',
    },
    confirm: { type: 'flag', optional: true, description: 'Mute everything without asking' },
  },

  async run({ options, caller }, parts) {
    const { settings, clock } = parts;
    const endpoint = findEndpoint(settings.current, options.endpoint);
    const now = clock.now();
    const until = endOf(options, now);
    const match = toMatch(options);
    const reason = options.because?.slice(0, REASON_LIMIT).toWellFormed();
    const preview = await describePreview(match, endpoint.id, parts);
    if (matchesEverything(match) && !options.confirm)
      return reply(
        `Mute **everything** from ${inlineCode(endpoint.name)} until ${momentMarkdown(until)}? ${preview} To mute only a part, name it: ${inlineCode(`/webhook mute ${endpoint.name} source=…`)}`,
        {
          severity: 'warning',
          actions: [
            {
              label: 'Mute everything',
              command: 'mute',
              options: {
                endpoint: endpoint.id,
                ...match,
                ...(options.until
                  ? { until: until.toISOString() }
                  : { for: `${Math.round((until.getTime() - now.getTime()) / 1000)}s` }),
                ...(reason && { because: reason }),
                confirm: 'true',
              },
              style: 'danger',
            },
          ],
          data: { code: 'confirm' },
        },
      );

    let mute: Mute = {
      id: newId(),
      endpointId: endpoint.id,
      match,
      until: until.toISOString(),
      by: caller.userName,
      createdAt: now.toISOString(),
      ...(reason && { reason }),
    };
    let replaced: Mute | undefined;
    await settings.update((current) => {
      findEndpoint(current, endpoint.id);
      replaced = current.mutes.find((each) => each.endpointId === endpoint.id && sameMatch(each.match, match));
      // The same id, so that what is held already belongs to it too.
      mute = { ...mute, id: replaced?.id ?? mute.id };
      return { ...current, mutes: [...current.mutes.filter(({ id }) => id !== mute.id), mute] };
    });
    await recordChange(parts, caller, {
      action: 'mute',
      endpointId: endpoint.id,
      detail: `muted ${endpoint.name} ${describeMatch(match)} until ${mute.until}`,
    });
    return toReply({ mute, replaced, endpointName: endpoint.name, preview, caller });
  },
});

function endOf(options: { readonly for?: number | undefined; readonly until?: Date | undefined }, now: Date): Date {
  if (options.for !== undefined && options.until)
    throw new OptionError('until', 'Say either `for` how long or `until` when, not both.');
  const field = options.until ? 'until' : 'for';
  const until = options.until ?? new Date(now.getTime() + (options.for ?? USUAL));
  if (until.getTime() <= now.getTime())
    throw new OptionError(
      field,
      options.until
        ? 'That moment is past. Say a later one, such as `until tomorrow 9am`.'
        : 'A mute lasts longer than nothing, such as `for 2h`.',
    );
  if (until.getTime() > now.getTime() + LONGEST)
    throw new OptionError(
      field,
      `A mute lasts ${describeDuration(LONGEST)} at most, so that nobody forgets it. Say less, such as \`for 7d\`.`,
    );
  return until;
}

function toReply({
  mute,
  replaced,
  endpointName,
  preview,
  caller,
}: {
  readonly mute: Mute;
  readonly replaced: Mute | undefined;
  readonly endpointName: string;
  readonly preview: Markdown;
  readonly caller: Caller;
}) {
  const what = matchesEverything(mute.match) ? 'everything' : inlineCode(describeMatch(mute.match));
  const lines = [
    `${escapeMarkdown(caller.userName)} muted ${what} from ${inlineCode(endpointName)} until ${momentMarkdown(new Date(mute.until))}.`,
    ...(mute.reason ? [`Why: ${escapeMarkdown(mute.reason)}`] : []),
    ...(replaced ? [`This replaces the mute until ${momentMarkdown(new Date(replaced.until))}.`] : []),
    `${preview} When it ends, its channels get a digest of what was held.`,
  ];
  return reply(lines.join('\n\n'), {
    visibleTo: 'channel',
    actions: [{ label: 'Unmute', command: 'unmute', options: { endpoint: endpointName, mute: mute.id } }],
    data: { mute },
  });
}
