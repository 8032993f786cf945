import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import { placeLabel } from '../core/settings/channel.ts';
import { withoutMutesOf } from '../core/settings/describe-mute.ts';
import { endpointNow } from '../core/settings/endpoint-lookup.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace } from './shared/find-place.ts';

export default defineCommand({
  summary: 'Delete an endpoint; its URL stops working',
  help: 'Asks first. Its events stay in the history, where only admins see them, until they are too old to be kept. Its mutes are deleted with it.',
  examples: ['/webhook delete api-alerts', '/webhook delete api-alerts confirm'],
  aliases: ['remove', 'rm'],
  place: 21,
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    confirm: { type: 'flag', optional: true, description: 'Delete it without asking' },
  },

  async run({ options, caller }, { view, changes, journal, platforms }) {
    const known = await view.find(options.endpoint);
    if (!options.confirm) {
      const { id, name, routes } = known;
      const last = (await journal.events.list({ endpointId: id, limit: 1 }))[0];
      const where = routes.map((route) => describePlace(route, caller, platforms)).join(', ') || 'no channel';
      return reply(
        `Delete ${inlineCode(name)}? Its URL stops working at once and cannot be brought back. It posts in ${escapeMarkdown(where)}; ${
          last ? `its last event arrived ${momentMarkdown(last.receivedAt, 'relative')}` : 'it has never had an event'
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
    const { id, name } = await changes.settings((current) => {
      const endpoint = endpointNow(current, known);
      const { id, name, provider, routes } = endpoint;
      const where = routes.map(placeLabel).join(', ') || 'no channel';
      return {
        change: {
          action: 'delete',
          endpointId: id,
          detail: `deleted ${name}`,
          before: `${name} for ${provider} to ${where}`,
        },
        settings: {
          ...current,
          endpoints: current.endpoints.filter((each) => each.id !== id),
          mutes: withoutMutesOf(id, current),
          templates: current.templates.filter(({ endpointId }) => endpointId !== id),
          ...(current.drafts && {
            drafts: current.drafts.filter(({ endpointId, tryOn }) => endpointId !== id && tryOn !== id),
          }),
        },
        result: endpoint,
      };
    });
    return reply(
      `${inlineCode(name)} is deleted. Remove the webhook at the provider too: its deliveries are answered 404 from now on.`,
      {
        severity: 'good',
        data: { endpoint: { id, name } },
      },
    );
  },
});
