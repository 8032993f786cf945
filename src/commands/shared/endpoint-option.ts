import type { Option } from '../../core/command/command.ts';

/** The option that names the endpoint a command is about. */
export const endpointOption = {
  type: 'string',
  positional: true,
  complete: 'endpoint',
  example: 'api-alerts',
  description: 'Which endpoint',
} as const satisfies Option;
