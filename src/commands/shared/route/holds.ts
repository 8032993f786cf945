import type { Option } from '../../../core/command/command.ts';
import { type RuleDesk, type ShortForm, shortForms } from '../../../core/command/desks/rule-desk.ts';
import { isNone } from '../../../core/command/option-values.ts';
import { OptionError } from '../../../core/errors.ts';
import { quoted } from '../../../core/message/markdown/inline-code.ts';
import type { RouteDigest, RouteQuiet } from '../../../core/settings/route-hold.ts';
import { parseDigestTimes } from '../../../core/text/calendar/digest-times.ts';
import { parseWeeklyHours } from '../../../core/text/calendar/weekly-hours.ts';

/** What gathers the events of a channel. */
export const holdOptions = {
  digest: {
    type: 'string',
    keyword: 'digest',
    rest: true,
    zoned: true,
    optional: true,
    example: 'daily 9:00',
    description: 'Show what comes together: hourly, daily 9:00, weekly mon 9:00, or none',
  },
  quiet: {
    type: 'string',
    keyword: 'quiet',
    rest: true,
    zoned: true,
    optional: true,
    example: '22:00-07:00',
    description: 'Hours in which nothing is posted, and shown together when they end; or none',
  },
  except: {
    type: 'string',
    keyword: 'except',
    optional: true,
    example: 'severity>=critical',
    description: 'What digest and quiet let through at once',
  },
  zone: {
    type: 'zone',
    optional: true,
    complete: 'zone',
    example: 'Europe/Berlin',
    description: 'Your time zone, once, for digest and quiet',
  },
} as const satisfies Readonly<Record<string, Option>>;

interface Typed {
  readonly digest?: string | undefined;
  readonly quiet?: string | undefined;
  readonly except?: string | undefined;
}

interface Holds {
  readonly digest?: RouteDigest | undefined;
  readonly quiet?: RouteQuiet | undefined;
}

/** How options have a route gather its events, a part that is to go as nothing; nothing at all where they ask for no change. */
export function toHolds(
  { digest, quiet, except }: Typed,
  { zone, rules }: { readonly zone: string; readonly rules: Pick<RuleDesk, 'condition'> },
): Holds | undefined {
  const isGiven = [digest, quiet].some((text) => text !== undefined && !isNone(text));
  if (except !== undefined && !isGiven)
    throw new OptionError('except', 'Give `except` together with `digest` or `quiet`: it says what they let through.');
  if (digest === undefined && quiet === undefined) return undefined;
  const shared = except === undefined ? undefined : toException(except, rules);
  const made = <Part>(text: string | undefined, make: (typed: string) => Omit<Part, 'zone' | 'except'>) => {
    if (text === undefined || isNone(text)) return undefined;
    // In quotes, what is excepted may stand with it.
    const [, times = '', own] = /^([\s\S]*?)(?:\s+except\s+([\s\S]+))?$/i.exec(text.trim()) ?? [];
    const exception = own === undefined ? shared : toException(own, rules);
    return { ...make(times), zone, ...(exception !== undefined && { except: exception }) } as Part;
  };
  return {
    ...(digest !== undefined && { digest: made<RouteDigest>(digest, readTimes) }),
    ...(quiet !== undefined && { quiet: made<RouteQuiet>(quiet, readHours) }),
  };
}

function readTimes(text: string) {
  const times = parseDigestTimes(text);
  if (times) return times;
  throw new OptionError(
    'digest',
    `${quoted(text)} does not say when. Write it like \`digest=daily 9:00\`, \`digest=weekly mon 9:00\` or \`digest=hourly\`.`,
  );
}

function readHours(text: string) {
  const hours = parseWeeklyHours(text);
  if (hours && hours.from !== hours.to) return hours;
  throw new OptionError(
    'quiet',
    hours
      ? 'Quiet hours must end on the same or the next day. For a whole day `digest=daily 9:00` gathers what comes.'
      : `${quoted(text)} are not hours. Write them like \`quiet=22:00-07:00\`, or \`quiet="weekday 22:00-07:00"\`.`,
  );
}

const SHORT = new RegExp(`^(${shortForms.join('|')})(!=|>=|<=|=)(.+)$`, 's');

/** What is let through, as CEL: `severity>=critical`, or a condition. */
function toException(typed: string, rules: Pick<RuleDesk, 'condition'>): string | undefined {
  const [, form, operator = '', value = ''] = SHORT.exec(typed.trim()) ?? [];
  const short = shortForms.find((known): known is ShortForm => known === form);
  try {
    return rules.condition(short ? { [short]: operator === '=' ? value : operator + value } : { filter: typed });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new OptionError('except', error.message.replace(/^`filter`/, '`except`'), { code: error.code });
  }
}
