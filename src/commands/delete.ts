import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode } from '../core/message/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace } from './shared/find-place.ts';
import { recordChange } from './shared/record-change.ts';

export default defineCommand({
  summary: 'Delete an endpoint; its URL stops working',
  help: 'Asks first. Its events stay in the history until their time is over; its mutes go with it.',
  examples: ['/webhook delete api-alerts', '/webhook delete api-alerts confirm'],
  aliases: ['remove', 'rm'],
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    confirm: { type: 'flag', optional: true, description: 'Delete it without asking' },
  },

  async run({ options, caller }, parts) {
    const { settings, journal, platforms } = parts;
    const { id, name, routes } = findEndpoint(settings.current, options.endpoint);
    if (!options.confirm) {
      const last = (await journal.events.list({ endpointId: id, limit: 1 }))[0];
      const where = routes.map((route) => describePlace(route, caller, platforms)).join(', ') || 'no channel';
      return reply(
        `Delete ${inlineCode(name)}? Its URL stops working at once and cannot be brought back. It leads to ${escapeMarkdown(where)}; ${
          last ? `its last event came ${momentMarkdown(last.receivedAt, 'relative')}` : 'it never had an event'
        }.`,
        {
          severity: 'warning',
          actions: [
            {
              label: `Delete ${name}`,
              command: 'delete',
              options: { endpoint: id, confirm: 'true' },
              style: 'danger',
            },
          ],
          data: { code: 'confirm' },
        },
      );
    }
    await settings.update((current) => ({
      ...current,
      endpoints: current.endpoints.filter((endpoint) => endpoint.id !== id),
      mutes: current.mutes.filter(({ endpointId }) => endpointId !== id),
      templates: current.templates.filter(({ endpointId }) => endpointId !== id),
    }));
    await recordChange(parts, caller, { action: 'delete', endpointId: id, detail: `deleted ${name}` });
    return reply(
      `${inlineCode(name)} is deleted. Remove the webhook at the provider too: from now on it is answered 404.`,
      {
        severity: 'good',
        data: { endpoint: { id, name } },
      },
    );
  },
});
