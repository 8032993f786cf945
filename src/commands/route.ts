import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { densities, notifyLevels } from '../core/message/density.ts';
import { inlineCode } from '../core/message/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { channelLabel } from '../core/settings/channel.ts';
import type { Route } from '../core/settings/endpoint.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { newId } from '../core/settings/ids.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace, findPlace } from './shared/find-place.ts';
import { recordChange } from './shared/record-change.ts';

const MOST_ROUTES = 20;

export default defineCommand({
  summary: 'Add a channel to an endpoint, remove one, or list them',
  help: 'Another platform’s channel is named with the platform first, such as `discord:#ops`.',
  examples: [
    '/webhook route api-alerts add #dev',
    '/webhook route api-alerts add #dev density=compact notify=never',
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
    density: {
      type: 'string',
      optional: true,
      choices: densities,
      example: 'compact',
      description: 'How much of a message is shown there: one line, about six, or everything',
    },
    notify: {
      type: 'string',
      optional: true,
      choices: notifyLevels,
      example: 'important',
      description: 'When a phone shows what happened: always, where it is important, or never',
    },
  },

  async run({ options, caller }, parts) {
    const { settings, platforms } = parts;
    const { id, name } = findEndpoint(settings.current, options.endpoint);
    const look = toLook(options);
    const hasLook = Object.keys(look).length > 0;
    const action = options.action ?? (hasLook ? 'add' : 'list');
    const describe = (route: Route) => `${describePlace(route, caller, platforms)}${describeLook(route)}`;
    let routes = findEndpoint(settings.current, id).routes;
    let first = '';
    if (action !== 'list') {
      // A channel that is gone from its platform must still be removable.
      const known =
        action === 'remove' && options.channel
          ? routes.find((route) => isNamed(route, options.channel ?? ''))
          : undefined;
      const place = known ?? (await findPlace(options.channel, { caller, platforms, field: 'channel' }));
      const isThere = (route: Route) => route.platform === place.platform && route.channel === place.channel;
      const where = describePlace(place, caller, platforms);
      await settings.update((current) => {
        const endpoint = findEndpoint(current, id);
        if (action === 'add' && endpoint.routes.some(isThere) && !hasLook)
          throw new OptionError('channel', `\`${name}\` is told in ${where} already.`, {
            code: 'already_there',
            status: 409,
          });
        if (action === 'add' && !endpoint.routes.some(isThere) && endpoint.routes.length >= MOST_ROUTES)
          throw new OptionError('channel', `\`${name}\` leads to ${MOST_ROUTES} channels already, which is the most.`);
        if (action === 'remove' && !endpoint.routes.some(isThere))
          throw new OptionError('channel', `\`${name}\` is not told in ${where}.`, { code: 'not_found', status: 404 });
        const [old] = endpoint.routes.filter(isThere);
        const others = endpoint.routes.filter((route) => !isThere(route));
        if (action === 'remove') routes = others;
        else if (old) routes = endpoint.routes.map((route) => (route === old ? { ...route, ...look } : route));
        else routes = [...others, { ...place, ...look, id: newId() }];
        return {
          ...current,
          endpoints: current.endpoints.map((each) => (each.id === id ? { ...endpoint, routes } : each)),
        };
      });
      await recordChange(parts, caller, {
        action: 'route',
        endpointId: id,
        detail: `${action === 'add' ? 'added' : 'removed'} ${place.platform} ${channelLabel(place.channelName)} ${action === 'add' ? 'to' : 'from'} ${name}${describeLook(look)}`,
      });
      first = `${inlineCode(name)} ${action === 'add' ? 'is now told' : 'is no longer told'} in ${escapeMarkdown(where)}.\n\n`;
    }
    const list = routes.length
      ? `${inlineCode(name)} leads to ${escapeMarkdown(routes.map(describe).join(', '))}.`
      : `${inlineCode(name)} leads to no channel: its events are kept and told nowhere. Add one with ${inlineCode(`/webhook route ${name} add #channel`)}.`;
    return reply(`${first}${list}`, {
      severity: routes.length ? (first ? 'good' : 'info') : 'warning',
      actions: routes.map((route) => ({
        label: `Remove ${describePlace(route, caller, platforms)}`,
        command: 'route',
        options: { endpoint: name, action: 'remove', channel: `${route.platform}:${route.channel}` },
        tucked: true,
      })),
      data: { endpoint: { id, name, routes } },
    });
  },
});

type Look = Pick<Route, 'density' | 'notify'>;

function toLook(options: { readonly density: string | undefined; readonly notify: string | undefined }): Look {
  const density = densities.find((known) => known === options.density);
  const notify = notifyLevels.find((known) => known === options.notify);
  return { ...(density && { density }), ...(notify && { notify }) };
}

/** ` (compact, notify never)`; nothing where messages look as usual. */
function describeLook({ density, notify }: Look): string {
  const parts = [...(density ? [density] : []), ...(notify ? [`notify ${notify}`] : [])];
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function isNamed({ platform, channel, channelName }: Route, typed: string): boolean {
  return [`${platform}:${channel}`, `${platform}:#${channelName}`].includes(typed);
}
