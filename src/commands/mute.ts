import { defineCommand } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { severities } from '../core/message/severity.ts';
import { endpointNow } from '../core/settings/endpoint-lookup.ts';
import { newId } from '../core/settings/ids.ts';
import { describeMatch, type Mute } from '../core/settings/mute.ts';
import { DAY, describeDuration, HOUR } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePreview, matchesEverything, sameMatch, toMatch } from './shared/mute-preview.ts';

const USUAL = HOUR;
const LONGEST = 30 * DAY;
const REASON_LIMIT = 300;

export default defineCommand({
  summary: 'Keep an endpoint, or part of it, quiet for a while',
  help: `Every part you name must match; \`*\` stands for any text. Events that are held are not lost: when the mute ends, its channels get a digest of them.
Without \`for\` or \`until\` a mute lasts an hour; 30 days is the longest. Times of day are read in your own time zone; \`zone=Europe/Berlin\` sets it, and is remembered.`,
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
      description: 'Why it is muted',
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
    zone: {
      type: 'zone',
      optional: true,
      complete: 'zone',
      example: 'Europe/Berlin',
      description: 'Your time zone, once, for `until`',
    },
    confirm: { type: 'flag', optional: true, description: 'Mute everything without asking' },
  },

  async run({ options, caller, readIn }, parts) {
    const { view, changes, clock } = parts;
    const endpoint = await view.find(options.endpoint);
    const now = clock.now();
    const until = endOf(options, now);
    const match = toMatch(options);
    const reason = options.because?.slice(0, REASON_LIMIT).toWellFormed();
    const preview = await describePreview(match, endpoint.id, parts);
    const zone = readIn ? `The time is in the time zone ${inlineCode(readIn)}.` : '';
    if (matchesEverything(match) && !options.confirm)
      return reply(
        `Mute **everything** from ${inlineCode(endpoint.name)} until ${momentMarkdown(until)}? ${[zone, preview].filter(Boolean).join(' ')} To mute only a part, name it: ${inlineCode(`/webhook mute ${endpoint.name} source=…`)}`,
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

    const fresh: Mute = {
      id: newId(),
      endpointId: endpoint.id,
      match,
      until: until.toISOString(),
      by: caller.userName,
      createdAt: now.toISOString(),
      ...(reason && { reason }),
    };
    const done = await changes.settings((current) => {
      const { id, name } = endpointNow(current, endpoint);
      const replaced = current.mutes.find((each) => each.endpointId === id && sameMatch(each.match, match));
      // The same id, so that what is held already belongs to it too.
      const mute = { ...fresh, id: replaced?.id ?? fresh.id };
      return {
        change: {
          action: 'mute',
          endpointId: id,
          detail: `muted ${name} ${describeMatch(match)} until ${mute.until}`,
          ...(replaced && { before: `until ${replaced.until}` }),
          after: `until ${mute.until}`,
        },
        settings: { ...current, mutes: [...current.mutes.filter((each) => each.id !== mute.id), mute] },
        result: { mute, replaced, endpointName: name },
      };
    });
    return toReply({ ...done, zone, preview, caller });
  },
});

function endOf(options: { readonly for?: number | undefined; readonly until?: Date | undefined }, now: Date): Date {
  if (options.for !== undefined && options.until)
    throw new OptionError('until', 'Give either `for` or `until`, not both.');
  const field = options.until ? 'until' : 'for';
  const until = options.until ?? new Date(now.getTime() + (options.for ?? USUAL));
  if (until.getTime() <= now.getTime())
    throw new OptionError(
      field,
      options.until
        ? 'A mute needs an end in the future, such as `until tomorrow 9am`.'
        : 'A mute needs an end in the future, such as `for 2h`.',
    );
  if (until.getTime() > now.getTime() + LONGEST)
    throw new OptionError(
      field,
      `A mute lasts ${describeDuration(LONGEST)} at most, so that nobody forgets it. Choose an earlier end, such as \`for 7d\`.`,
    );
  return until;
}

function toReply({
  mute,
  replaced,
  endpointName,
  zone,
  preview,
  caller,
}: {
  readonly mute: Mute;
  readonly replaced: Mute | undefined;
  readonly endpointName: string;
  readonly zone: Markdown;
  readonly preview: Markdown;
  readonly caller: Caller;
}) {
  const what = matchesEverything(mute.match) ? 'everything' : inlineCode(describeMatch(mute.match));
  const lines = [
    `${escapeMarkdown(caller.userName)} muted ${what} from ${inlineCode(endpointName)} until ${momentMarkdown(new Date(mute.until))}.`,
    ...(mute.reason ? [`Why: ${escapeMarkdown(mute.reason)}`] : []),
    ...(replaced ? [`This replaces the mute until ${momentMarkdown(new Date(replaced.until))}.`] : []),
    [zone, preview, 'When the mute ends, its channels get a digest of what was held.'].filter(Boolean).join(' '),
  ];
  return reply(lines.join('\n\n'), {
    visibleTo: 'channel',
    actions: [{ label: 'Unmute', command: 'unmute', options: { endpoint: endpointName, mute: mute.id } }],
    data: { mute },
  });
}
