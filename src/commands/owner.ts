import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { findAccount } from './shared/people/find-account.ts';

const MOST = 50;

export default defineCommand({
  summary: 'Say who owns an endpoint: owners may change it and see its URL and refusals',
  help: 'A mention of a group makes everybody in it an owner. Admins may do everything without being owners, and an endpoint keeps at least one owner.',
  examples: ['/webhook owner add api-alerts @ada', '/webhook owner remove api-alerts @ada'],
  aliases: ['owners'],
  place: 15,
  permission: 'owner',
  options: {
    action: {
      type: 'string',
      positional: true,
      choices: ['add', 'remove'],
      example: 'add',
      description: 'What to do',
    },
    endpoint: endpointOption,
    person: {
      type: 'string',
      positional: true,
      example: '@ada',
      description: 'Who: a mention of a person or a group',
    },
  },

  async run({ options, caller }, parts) {
    const known = await parts.view.find(options.endpoint);
    const { platform, id, name: called } = await findAccount(options.person, caller, parts);
    const owner = `${platform}:${id}`;
    const who = called ?? id;
    const isAdding = options.action === 'add';
    const endpoint = await parts.changes.settings((current) => {
      const { owners, ...endpoint } = endpointNow(current, known);
      if (owners.includes(owner) === isAdding)
        throw new OptionError(
          'person',
          `${escapeMarkdown(who)} ${isAdding ? 'is an owner' : 'is no owner'} of \`${endpoint.name}\`${isAdding ? ' already' : ''}.`,
          { code: isAdding ? 'already_there' : 'not_found', status: isAdding ? 409 : 404 },
        );
      if (isAdding && owners.length >= MOST)
        throw new AppError(
          409,
          'too_many',
          `\`${endpoint.name}\` has ${MOST} owners, which is the most. Name a group.`,
        );
      if (!isAdding && owners.length === 1)
        throw new AppError(
          409,
          'last_owner',
          `${escapeMarkdown(who)} is the only owner of \`${endpoint.name}\`. Add another one first.`,
        );
      const after = isAdding ? [...owners, owner] : owners.filter((each) => each !== owner);
      const changed = { ...endpoint, owners: after };
      return {
        change: {
          action: 'owner',
          endpointId: endpoint.id,
          detail: isAdding ? `made ${owner} an owner of ${endpoint.name}` : `took ${endpoint.name} from ${owner}`,
          before: owners.join(', '),
          after: after.join(', '),
        },
        settings: withEndpoint(current, changed),
        result: changed,
      };
    });
    const now = isAdding ? 'is an owner of' : 'is no owner any more of';
    return reply(`${escapeMarkdown(who)} ${now} ${inlineCode(endpoint.name)}.`, {
      severity: 'good',
      actions: [
        {
          label: 'Undo',
          command: 'owner',
          options: { action: isAdding ? 'remove' : 'add', endpoint: endpoint.id, person: options.person },
        },
      ],
      data: { owners: endpoint.owners },
    });
  },
});
