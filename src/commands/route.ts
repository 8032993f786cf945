import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { isSamePlace, placeLabel } from '../core/settings/channel.ts';
import type { Route } from '../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { newId } from '../core/settings/ids.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace, findPlace } from './shared/find-place.ts';

const MOST_ROUTES = 20;

export default defineCommand({
  summary: 'Add a channel to an endpoint, remove one, or list them',
  help: 'For a channel of another platform, put the platform first, such as `discord:#ops`.',
  examples: [
    '/webhook route api-alerts add #dev',
    '/webhook route api-alerts remove #dev',
    '/webhook route api-alerts',
  ],
  aliases: ['routes'],
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    action: {
      type: 'string',
      positional: true,
      optional: true,
      choices: ['add', 'remove', 'list'],
      example: 'add',
      description: 'What to do; list when left out',
    },
    channel: {
      type: 'channel',
      positional: true,
      optional: true,
      complete: 'channel',
      example: '#dev',
      description: 'Which channel; this one when left out',
    },
  },

  async run({ options, caller }, parts) {
    const { view, changes, platforms } = parts;
    const known = await view.find(options.endpoint);
    const action = options.action ?? 'list';
    const describe = (route: Route) => describePlace(route, caller, platforms);
    let endpoint = known;
    let first = '';
    if (action !== 'list') {
      // A channel that is gone from its platform must still be removable.
      const named =
        action === 'remove' && options.channel
          ? known.routes.find((route) => isNamed(route, options.channel ?? ''))
          : undefined;
      const place = named ?? (await findPlace(options.channel, { caller, field: 'channel' }, parts));
      const route: Route = { ...place, id: newId() };
      const where = describePlace(place, caller, platforms);
      endpoint = await changes.settings((current) => {
        const before = endpointNow(current, known);
        const { id, name } = before;
        const isThere = before.routes.some((each) => isSamePlace(each, place));
        if (action === 'add' && isThere)
          throw new OptionError('channel', `\`${name}\` posts in ${where} already.`, {
            code: 'already_there',
            status: 409,
          });
        if (action === 'add' && before.routes.length >= MOST_ROUTES)
          throw new OptionError('channel', `\`${name}\` has ${MOST_ROUTES} channels already, which is the most.`);
        if (action === 'remove' && !isThere)
          throw new OptionError('channel', `\`${name}\` does not post in ${where}.`, {
            code: 'not_found',
            status: 404,
          });
        const routes =
          action === 'add' ? [...before.routes, route] : before.routes.filter((each) => !isSamePlace(each, place));
        const what = placeLabel(place);
        return {
          change: {
            action: 'route',
            endpointId: id,
            detail: action === 'add' ? `added ${what} to ${name}` : `removed ${what} from ${name}`,
            before: listOf(before.routes),
            after: listOf(routes),
          },
          settings: withEndpoint(current, { ...before, routes }),
          result: { ...before, routes },
        };
      });
      first = `${inlineCode(endpoint.name)} ${action === 'add' ? 'now posts' : 'no longer posts'} in ${escapeMarkdown(where)}.\n\n`;
    }
    const { id, name, routes } = endpoint;
    const list = routes.length
      ? `${inlineCode(name)} posts in ${escapeMarkdown(routes.map(describe).join(', '))}.`
      : `${inlineCode(name)} has no channel: its events are kept and posted nowhere. Add a channel with ${inlineCode(`/webhook route ${name} add #channel`)}.`;
    return reply(`${first}${list}`, {
      severity: routes.length ? (first ? 'good' : 'info') : 'warning',
      actions: routes.map((route) => ({
        label: `Remove ${describe(route)}`,
        command: 'route',
        options: { endpoint: name, action: 'remove', channel: `${route.platform}:${route.channel}` },
        tucked: true,
      })),
      data: { endpoint: { id, name, routes } },
    });
  },
});

function isNamed({ platform, channel, channelName }: Route, typed: string): boolean {
  return [`${platform}:${channel}`, `${platform}:#${channelName}`].includes(typed);
}

function listOf(routes: readonly Route[]): string {
  return routes.map(placeLabel).join(', ') || 'no channel';
}
