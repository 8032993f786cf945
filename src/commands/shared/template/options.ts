import type { Option, OptionValues } from '../../../core/command/command.ts';
import { templateScopes } from '../../../core/command/desks/template-desk.ts';
import { pageOption } from '../pages.ts';

export const templateActions = [
  'list',
  'show',
  'edit',
  'preview',
  'save',
  'history',
  'diff',
  'undo',
  'reset',
  'discard',
  'help',
] as const;

export const templateOptions = {
  action: {
    type: 'string',
    positional: true,
    optional: true,
    choices: templateActions,
    example: 'edit',
    description: 'What to do; list when left out',
  },
  type: {
    type: 'string',
    label: 'Type of event',
    positional: true,
    optional: true,
    complete: 'template',
    example: 'push',
    description: 'Which events, such as push or github/push; * for all. For help: a helper',
  },
  endpoint: {
    type: 'string',
    keyword: 'of',
    optional: true,
    complete: 'endpoint',
    example: 'api-alerts',
    description: 'Which endpoint; the only one it can be when left out',
  },
  text: {
    type: 'string',
    label: 'Template',
    optional: true,
    long: true,
    description: 'Markdown with {{values}} and {{helpers}}, which /webhook template help lists',
  },
  for: {
    type: 'string',
    label: 'Counts for',
    keyword: 'for',
    optional: true,
    choices: templateScopes,
    example: 'endpoint',
    description: 'Where it counts; when left out, where it was changed already, else the endpoint',
  },
  channel: {
    type: 'channel',
    keyword: 'in',
    optional: true,
    complete: 'channel',
    example: '#ops',
    description: 'The channel of the route; this one when left out',
  },
  event: {
    type: 'string',
    optional: true,
    complete: 'event',
    example: '1234',
    description: 'For preview: the event whose message is shown whole',
  },
  revision: {
    type: 'integer',
    optional: true,
    example: '2',
    description: 'For diff and show: which revision; the latest when left out',
  },
  draft: { type: 'string', optional: true, example: '1a2b3c', description: 'A text that was previewed before' },
  version: { type: 'string', optional: true, description: 'What the text was written upon' },
  try: { type: 'flag', optional: true, description: 'Only say which messages would change, and save nothing' },
  days: {
    type: 'integer',
    optional: true,
    example: '7',
    description: 'How many days back it is tried on; 7 when left out',
  },
  confirm: { type: 'flag', optional: true, description: 'Save although some events fail with it' },
  page: pageOption,
} as const satisfies Readonly<Record<string, Option>>;

export type TemplateValues = OptionValues<typeof templateOptions>;
