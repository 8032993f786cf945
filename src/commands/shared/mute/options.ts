import type { Option } from '../../../core/command/command.ts';
import { severities } from '../../../core/message/severity.ts';
import { muteEnds } from '../../../core/settings/mute.ts';
import { endpointOption } from '../endpoint-option.ts';
import { tryOptions } from '../rules/options.ts';
import { FOR_EVER } from './times.ts';

/** What a mute is asked for by. */
export const muteOptions = {
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
    words: FOR_EVER,
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
    words: [...muteEnds, ...FOR_EVER],
    example: 'tomorrow 9am',
    description: 'Until when, instead of how long; or resolved, merged, closed',
  },
  where: {
    type: 'string',
    keyword: 'where',
    optional: true,
    example: '"about.environment == \'staging\'"',
    description: 'Only what fits a condition in CEL',
    long: true,
  },
  every: {
    type: 'string',
    keyword: 'every',
    rest: true,
    zoned: true,
    optional: true,
    example: 'weekday 22:00-06:00',
    description: 'Only at these hours, again and again',
  },
  while: {
    type: 'string',
    keyword: 'while',
    rest: true,
    optional: true,
    example: 'db-alerts is firing',
    description: 'Only while this endpoint or subject is firing',
  },
  zone: {
    type: 'zone',
    optional: true,
    complete: 'zone',
    example: 'Europe/Berlin',
    description: 'Your time zone, once, for `until` and `every`',
  },
  try: tryOptions.try,
  days: tryOptions.days,
  confirm: { type: 'flag', optional: true, description: 'Mute everything without asking' },
  event: { type: 'string', optional: true, example: '1234', description: 'The event whose button was clicked' },
  instead: { type: 'string', optional: true, example: '1f0c9a2b3c4d', description: 'The id of a mute it replaces' },
} as const satisfies Readonly<Record<string, Option>>;
