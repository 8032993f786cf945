import type { Option } from '../../core/command/command.ts';

/** The option by which a command is told which endpoint it is about. */
export const endpointOption = {
  type: 'string',
  positional: true,
  complete: 'endpoint',
  example: 'api-alerts',
  description: 'Which endpoint',
} as const satisfies Option;
