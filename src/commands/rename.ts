import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { checkNameIsFree, parseEndpointName } from './shared/endpoint-name.ts';
import { endpointOption } from './shared/endpoint-option.ts';

export default defineCommand({
  summary: 'Give an endpoint another name; its URL stays',
  examples: ['/webhook rename github api-alerts'],
  place: 20,
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

  async run({ options }, { view, changes }) {
    const known = await view.find(options.endpoint);
    const next = parseEndpointName(options.to, 'to');
    const { id, name } = await changes.settings((current) => {
      const endpoint = endpointNow(current, known);
      checkNameIsFree(current, next, 'to', endpoint.id);
      return {
        change: {
          action: 'rename',
          endpointId: endpoint.id,
          detail: `renamed ${endpoint.name} to ${next}`,
          before: endpoint.name,
          after: next,
        },
        settings: withEndpoint(current, { ...endpoint, name: next }),
        result: endpoint,
      };
    });
    return reply(`${inlineCode(name)} is now ${inlineCode(next)}. Its URL and secret stay as they are.`, {
      severity: 'good',
      actions: [{ label: 'Show', command: 'show', options: { endpoint: next } }],
      data: { endpoint: { id, name: next } },
    });
  },
});
