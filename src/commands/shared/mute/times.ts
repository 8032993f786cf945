import type { CommandParts } from '../../../core/command/command.ts';
import { OptionError } from '../../../core/errors.ts';
import { quoted } from '../../../core/message/markdown/inline-code.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { type Mute, type MuteEnd, muteEnds, type Watched } from '../../../core/settings/mute.ts';
import { isAlways, parseWeeklyHours, type WeeklyHours } from '../../../core/text/calendar/weekly-hours.ts';
import { DAY, describeDuration, HOUR } from '../../../core/text/duration.ts';
import { didYouMean } from '../../../core/text/nearest.ts';

const USUAL = HOUR;
export const LONGEST_MUTE = 30 * DAY;
/** What people type for a mute without an end. */
export const FOR_EVER = ['ever', 'forever', 'always'] as const;

export interface TypedTimes {
  readonly for?: number | (typeof FOR_EVER)[number] | undefined;
  readonly until?: Date | MuteEnd | (typeof FOR_EVER)[number] | undefined;
  readonly every?: string | undefined;
  readonly while?: string | undefined;
}

type Times = Pick<Mute, 'until' | 'ends' | 'every' | 'while'>;

/** When a mute holds, as options say it. Throws `OptionError` where it would never end, or never begin. */
export async function toTimes(
  options: TypedTimes,
  {
    now,
    zone,
    endpoint,
    subject,
  }: {
    readonly now: Date;
    readonly zone: string;
    readonly endpoint: Endpoint;
    readonly subject: string | undefined;
  },
  parts: Pick<CommandParts, 'view' | 'journal'>,
): Promise<Times> {
  const every = options.every === undefined ? undefined : toHours(options.every, zone);
  const watched = options.while === undefined ? undefined : await toWatched(options.while, endpoint, parts);
  const pauses = every !== undefined || watched !== undefined;
  const ends = muteEnds.find((known) => known === options.until);
  if (ends && (subject === undefined || subject.includes('*')))
    throw new OptionError(
      'until',
      `\`until=${ends}\` needs the one thing that is to be ${ends}: \`subject=pull_request:acme/api#12\`. \`/webhook why <event>\` names an event’s subject, and the buttons of its message fill it in.`,
    );
  const until = toEnd(options, { now, pauses, ends, name: endpoint.name });
  return {
    ...(until && { until: until.toISOString() }),
    ...(ends && { ends }),
    ...(every && { every }),
    ...(watched && { while: watched }),
  };
}

function toEnd(
  options: TypedTimes,
  {
    now,
    pauses,
    ends,
    name,
  }: {
    readonly now: Date;
    readonly pauses: boolean;
    readonly ends: MuteEnd | undefined;
    readonly name: string;
  },
): Date | undefined {
  if (options.for !== undefined && options.until !== undefined)
    throw new OptionError('until', 'Give either `for` or `until`, not both.');
  const field = options.until === undefined ? 'for' : 'until';
  const given = options.until ?? options.for;
  if (given === undefined && pauses) return undefined;
  if (typeof given === 'string' && !ends)
    throw new OptionError(
      field,
      `A mute that never ends would be forgotten, and hides what matters one day. To post only part of what comes, \`/webhook route ${name}\` takes \`only=\`, \`not=\` and \`severity>=\`; \`quiet=22:00-07:00\` and \`digest=daily 9:00\` there gather it; \`/webhook mute ${name} every weekday 22:00-06:00\` repeats; \`/webhook route ${name} remove #channel\` stops it.`,
      { code: 'for_ever' },
    );
  if (ends) return new Date(now.getTime() + LONGEST_MUTE);
  const until = given instanceof Date ? given : new Date(now.getTime() + (typeof given === 'number' ? given : USUAL));
  if (until.getTime() <= now.getTime())
    throw new OptionError(
      field,
      options.until
        ? 'A mute needs an end in the future, such as `until tomorrow 9am`.'
        : 'A mute needs an end in the future, such as `for 2h`.',
    );
  // One that repeats is seen whenever it ends for the day.
  if (!pauses && until.getTime() > now.getTime() + LONGEST_MUTE)
    throw new OptionError(
      field,
      `A mute lasts ${describeDuration(LONGEST_MUTE)} at most, so that nobody forgets it. Choose an earlier end, such as \`for 7d\`.`,
    );
  return until;
}

function toHours(typed: string, zone: string): WeeklyHours {
  const hours = parseWeeklyHours(typed);
  if (!hours)
    throw new OptionError(
      'every',
      `${quoted(typed)} is not a time that repeats. Write it like \`every weekday 22:00-06:00\`, \`every sat,sun\` or \`every day 12-13\`.`,
    );
  if (isAlways(hours))
    throw new OptionError(
      'every',
      'That is always, and a mute that never ends would be forgotten. Name hours, such as `every day 22:00-06:00`, or days, such as `every weekend`.',
      { code: 'for_ever' },
    );
  return { ...hours, zone };
}

/** What has to fire: an endpoint by its name, or a subject that some event had. */
async function toWatched(
  typed: string,
  muted: Endpoint,
  { view, journal }: Pick<CommandParts, 'view' | 'journal'>,
): Promise<Watched> {
  const text = typed
    .trim()
    .replace(/\s+(?:is|are)\s+(?:firing|open|down|alerting)$|\s+(?:firing|fires)$/i, '')
    .trim();
  const endpoint = await view.lookUp(text);
  if (endpoint && endpoint.id === muted.id)
    throw new OptionError(
      'while',
      `\`${muted.name}\` would keep itself quiet, and nobody would hear that it is over. Name another endpoint, or one subject.`,
    );
  if (endpoint) return { endpointId: endpoint.id };
  const [event] = await journal.events.list({ subject: text, limit: 1 });
  if (event) return { endpointId: event.endpointId, subject: text.toLowerCase() };
  const names = (await view.endpoints()).map(({ name }) => name);
  throw new OptionError(
    'while',
    `There is no endpoint ${quoted(text)}, and no event that was kept has such a subject.${didYouMean(text, names)} Write it like \`while db is firing\`, or \`while "alert:DiskFull" is firing\`.`,
    { code: 'not_found', status: 404 },
  );
}
