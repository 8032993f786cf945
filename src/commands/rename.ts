import { defineCommand } from '../core/command.ts';
import { findEndpoint } from '../core/endpoint-lookup.ts';
import { checkNameIsFree, parseEndpointName } from '../core/endpoint-name.ts';
import { endpointOption } from '../core/endpoint-option.ts';
import { inlineCode } from '../core/inline-code.ts';
import { recordChange } from '../core/record-change.ts';
import { reply } from '../core/reply.ts';

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
