import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import type { StoredAuditEntry } from '../core/event/audit.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { cutText } from '../core/text/cut-text.ts';
import { endpointOption } from './shared/endpoint-option.ts';

const PAGE = 10;
const VALUE_LIMIT = 200;

export default defineCommand({
  summary: 'List who changed what, when and from where, newest first',
  help: 'The audit has every change: what was changed, by whom, in which channel, and the values before and after. It never holds a secret.',
  examples: ['/webhook audit', '/webhook audit api-alerts'],
  clicked: true,
  permission: 'admin',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only changes of this endpoint' },
    before: {
      type: 'string',
      optional: true,
      example: '1234',
      description: 'Only entries older than the one with this id',
    },
  },

  async run({ options }, { view, journal }) {
    const endpoint = options.endpoint === undefined ? undefined : await view.find(options.endpoint);
    if (options.before !== undefined && !/^\d{1,15}$/.test(options.before))
      throw new OptionError('before', 'An entry’s id is a number, such as `1234`.');
    const found = await journal.audit.list({
      limit: PAGE + 1,
      ...(endpoint && { endpointId: endpoint.id }),
      ...(options.before && { before: options.before }),
    });
    const entries = found.slice(0, PAGE);
    const oldest = found.length > PAGE ? entries.at(-1)?.id : undefined;
    if (!entries.length) return reply('Nothing has been changed yet.', { data: { entries: [] } });
    return reply(entries.map(describe).join('\n'), {
      title: endpoint ? `Audit of ${endpoint.name}` : 'Audit',
      actions: oldest
        ? [
            {
              label: 'Older',
              command: 'audit',
              options: { ...(endpoint && { endpoint: endpoint.id }), before: oldest },
            },
          ]
        : [],
      data: { entries, ...(oldest && { next: oldest }) },
    });
  },
});

function describe({ at, by, byName, from, detail, before, after }: StoredAuditEntry): Markdown {
  const text = (value: string) => escapeMarkdown(cutText(value, VALUE_LIMIT));
  return [
    `- ${momentMarkdown(at)} **${text(byName)}** ${text(detail)}`,
    ...(before ? [`before: ${text(before)}`] : []),
    ...(after ? [`after: ${text(after)}`] : []),
    [...(from ? [`in ${text(from)}`] : []), `as ${text(by)}`].join(' '),
  ].join(' · ');
}
