import { type CommandParts, defineCommand, type Reply } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { findAccount } from './shared/people/find-account.ts';

const MOST = 50;

export default defineCommand({
  summary: 'Show or change who owns an endpoint: owners may change it and see its URL and refusals',
  help: 'A mention of a group makes everybody in it an owner. Admins may do everything without being owners, and an endpoint keeps at least one owner.',
  examples: [
    '/webhook owner api-alerts',
    '/webhook owner add api-alerts @ada',
    '/webhook owner remove api-alerts @ada',
  ],
  aliases: ['owners'],
  place: 15,
  permission: 'owner',
  options: {
    action: {
      type: 'string',
      positional: true,
      optional: true,
      choices: ['list', 'add', 'remove'],
      example: 'add',
      description: 'What to do; list when left out',
    },
    endpoint: endpointOption,
    person: {
      type: 'string',
      positional: true,
      optional: true,
      example: '@ada',
      description: 'Who: a mention of a person or a group; needed to add or remove',
    },
  },

  async run({ options, caller }, parts) {
    const known = await parts.view.find(options.endpoint);
    const { action = options.person === undefined ? 'list' : undefined, person } = options;
    if (action === 'list') return list(known, parts);
    if (action === undefined || person === undefined) return askFor(known, { action, person });
    const { platform, id, name: called } = await findAccount(person, caller, parts);
    const owner = `${platform}:${id}`;
    const who = called ?? id;
    const isAdding = action === 'add';
    const endpoint = await parts.changes.settings((current) => {
      const { owners, ...endpoint } = endpointNow(current, known);
      if (owners.includes(owner) === isAdding)
        throw new OptionError(
          'person',
          `${escapeMarkdown(who)} ${isAdding ? 'is an owner' : 'is not an owner'} of \`${endpoint.name}\`${isAdding ? ' already' : ''}.`,
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
    const now = isAdding ? 'is an owner of' : 'is no longer an owner of';
    return reply(`${escapeMarkdown(who)} ${now} ${inlineCode(endpoint.name)}.`, {
      severity: 'good',
      actions: [
        {
          label: 'Undo',
          command: 'owner',
          options: { action: isAdding ? 'remove' : 'add', endpoint: endpoint.id, person },
        },
      ],
      data: { owners: endpoint.owners },
    });
  },
});

/** Who owns it, and how that is changed. */
function list({ name, owners }: Endpoint, { view, platforms }: CommandParts): Reply {
  const people = view.people();
  const lines = owners.map((owner) => {
    const [platform = '', id = ''] = splitOnce(owner);
    const known = people.find(({ ids }) => ids[platform] === id);
    const where = platforms.get(platform)?.title ?? platform;
    return `- ${known ? `**${escapeMarkdown(known.name)}** ` : ''}${inlineCode(id)} · ${escapeMarkdown(where)}`;
  });
  const how = `${inlineCode(`/webhook owner add ${name} @ada`)} adds one, ${inlineCode(`/webhook owner remove ${name} @ada`)} removes one.`;
  return reply([...(lines.length > 0 ? lines : ['Only admins may change it.']), '', how].join('\n'), {
    title: `Owners of ${name}`,
    data: { owners },
  });
}

function askFor(
  { id, name }: Endpoint,
  { action, person }: { readonly action: string | undefined; readonly person: string | undefined },
): Reply {
  const lacking = action === undefined ? 'action' : 'person';
  return reply(
    `Say what is to be done with whom: ${inlineCode(`/webhook owner ${action ?? 'add'} ${name} ${person ?? '@ada'}`)}.`,
    {
      form: {
        command: 'owner',
        title: `Owners of ${name}`,
        ask: ['action', 'person'],
        options: { endpoint: id, ...(action && { action }), ...(person && { person }) },
        submit: 'Change',
      },
      data: { code: 'missing_option', field: lacking },
    },
  );
}

function splitOnce(owner: string): readonly string[] {
  const at = owner.indexOf(':');
  return [owner.slice(0, at), owner.slice(at + 1)];
}
