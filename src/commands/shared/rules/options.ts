import type { Option } from '../../../core/command/command.ts';

/** What a condition is typed as: in CEL, or in short. */
export const conditionOptions = {
  filter: {
    type: 'string',
    optional: true,
    example: '"payload.action == \'opened\'"',
    description: 'Which events are posted, as a condition in CEL; none removes it',
    long: true,
  },
  only: { type: 'string', optional: true, example: 'push,release', description: 'Only these types; * is any text' },
  not: {
    type: 'string',
    optional: true,
    example: 'actor:*[bot]',
    description: 'None of these: type, actor:, source:, state: …',
  },
  severity: {
    type: 'string',
    optional: true,
    example: '>=warning',
    description: 'From which severity on, or which: >=warning',
  },
  branch: {
    type: 'string',
    optional: true,
    example: 'main,release/*',
    description: 'Only these branches; events of none pass',
  },
  path: { type: 'string', optional: true, example: 'services/api/**', description: 'Only changes of these files' },
  label: {
    type: 'string',
    optional: true,
    example: '!=wip',
    description: 'Only what has this label; != for what has not',
  },
} as const satisfies Readonly<Record<string, Option>>;

/** What a change is tried and saved by. */
export const tryOptions = {
  try: { type: 'flag', optional: true, description: 'Only say what it would have done, and save nothing' },
  days: {
    type: 'integer',
    optional: true,
    example: '7',
    description: 'How many days back it is tried on; 7 when left out',
  },
  confirm: { type: 'flag', optional: true, description: 'Save it though it hides critical alerts' },
  version: {
    type: 'string',
    optional: true,
    example: '1f0c9a2b3c4d',
    description: 'What a change began with; buttons fill it in',
  },
} as const satisfies Readonly<Record<string, Option>>;
