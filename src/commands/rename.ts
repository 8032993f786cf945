import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode } from '../core/message/inline-code.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { checkNameIsFree, parseEndpointName } from './shared/endpoint-name.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { recordChange } from './shared/record-change.ts';

export default defineCommand({
  summary: 'Give an endpoint another name; its URL stays',
  examples: ['/webhook rename github api-alerts'],
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    to: {
      type: 'string',
      label: 'New name',
      positional: true,
      keyword: 'to',
      example: 'api-alerts',
      description: 'What to call it from now on',
    },
  },

  async run({ options, caller }, parts) {
    const { settings } = parts;
    const { id, name } = findEndpoint(settings.current, options.endpoint);
    const next = parseEndpointName(options.to, 'to');
    await settings.update((current) => {
      checkNameIsFree(current, next, 'to', id);
      return {
        ...current,
        endpoints: current.endpoints.map((endpoint) => (endpoint.id === id ? { ...endpoint, name: next } : endpoint)),
      };
    });
    await recordChange(parts, caller, { action: 'rename', endpointId: id, detail: `renamed ${name} to ${next}` });
    return reply(`${inlineCode(name)} is now ${inlineCode(next)}. Its URL and secret stay as they are.`, {
      severity: 'good',
      actions: [{ label: 'Show', command: 'show', options: { endpoint: next } }],
      data: { endpoint: { id, name: next } },
    });
  },
});
