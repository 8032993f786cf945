import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { broadcasts, follows } from '../core/event/follow.ts';
import { densities, notifyLevels, pingLevels } from '../core/message/density.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { isSamePlace, placeLabel } from '../core/settings/channel.ts';
import type { Route } from '../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { newId } from '../core/settings/ids.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { TemplateScope } from '../core/settings/template-override.ts';
import { describeDuration } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace, findPlace } from './shared/find-place.ts';

const MOST_ROUTES = 20;

export default defineCommand({
  summary: 'Add a channel to an endpoint, remove one, or list them',
  help: 'For a channel of another platform, put the platform first, such as `discord:#ops`.',
  examples: [
    '/webhook route api-alerts add #dev',
    '/webhook route api-alerts add #dev density=compact notify=never',
    '/webhook route api-alerts add #dev pings=critical',
    '/webhook route api-alerts add #dev follow=thread broadcast=end',
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
      description: 'When phones are notified: always, when it is important, or never',
    },
    follow: {
      type: 'string',
      optional: true,
      choices: follows,
      example: 'edit',
      description:
        'What later events of the same thing do: edit its message, answer in a thread, or post a new message',
    },
    broadcast: {
      type: 'string',
      optional: true,
      choices: broadcasts,
      example: 'end',
      description: 'Which replies in a Slack thread the channel shows too: none, the one that ends it, or all',
    },
    reactions: {
      type: 'string',
      optional: true,
      choices: ['on', 'off'],
      example: 'on',
      description: 'Whether reactions on a Slack message show that it is acknowledged, and that it is over',
    },
    repeats: {
      type: 'duration',
      optional: true,
      example: '4h',
      description: 'How long repeats are counted on the message instead of posted; a day when left out',
    },
    pings: {
      type: 'string',
      optional: true,
      choices: pingLevels,
      example: 'warning',
      description: 'From which severity on people are pinged there: always, warning, critical, or never',
    },
    stale: {
      type: 'duration',
      optional: true,
      example: '2h',
      description: 'Past which age what could not be posted in time is only summarised; never when left out',
    },
  },

  async run({ options, caller }, parts) {
    const { view, changes, platforms } = parts;
    const known = await view.find(options.endpoint);
    const look = toLook(options);
    const hasLook = describeLook(look) !== '';
    const action = options.action ?? (hasLook ? 'add' : 'list');
    const describe = (route: Route) => describePlace(route, caller, platforms) + describeLook(route);
    let endpoint = known;
    let first = '';
    if (action !== 'list') {
      // A channel that is gone from its platform must still be removable.
      const named =
        action === 'remove' && options.channel
          ? known.routes.find((route) => isNamed(route, options.channel ?? ''))
          : undefined;
      const place = named ?? (await findPlace(options.channel, { caller, field: 'channel' }, parts));
      const route: Route = { ...place, ...look, id: newId() };
      const where = describePlace(place, caller, platforms);
      endpoint = await changes.settings((current) => {
        const before = endpointNow(current, known);
        const { id, name } = before;
        const isThere = before.routes.some((each) => isSamePlace(each, place));
        if (action === 'add' && isThere && !hasLook)
          throw new OptionError('channel', `\`${name}\` posts in ${where} already.`, {
            code: 'already_there',
            status: 409,
          });
        if (action === 'add' && !isThere && before.routes.length >= MOST_ROUTES)
          throw new OptionError('channel', `\`${name}\` has ${MOST_ROUTES} channels already, which is the most.`);
        if (action === 'remove' && !isThere)
          throw new OptionError('channel', `\`${name}\` does not post in ${where}.`, {
            code: 'not_found',
            status: 404,
          });
        const others = before.routes.filter((each) => !isSamePlace(each, place));
        const routes =
          action === 'remove'
            ? others
            : isThere
              ? before.routes.map((each) => (isSamePlace(each, place) ? { ...each, ...look } : each))
              : [...others, route];
        const gone = before.routes.filter((each) => !routes.some(({ id }) => id === each.id));
        const what = placeLabel(place) + describeLook(look);
        return {
          change: {
            action: 'route',
            endpointId: id,
            detail: action === 'add' ? `added ${what} to ${name}` : `removed ${what} from ${name}`,
            before: listOf(before.routes),
            after: listOf(routes),
          },
          settings: withoutTemplatesOf(gone, withEndpoint(current, { ...before, routes })),
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
        label: `Remove ${describePlace(route, caller, platforms)}`,
        command: 'route',
        options: { endpoint: name, action: 'remove', channel: `${route.platform}:${route.channel}` },
        tucked: true,
      })),
      data: { endpoint: { id, name, routes } },
    });
  },
});

/** What was written for a route goes with it. */
function withoutTemplatesOf(routes: readonly Route[], settings: Settings): Settings {
  const isGone = ({ routeId }: TemplateScope) => routes.some(({ id }) => id === routeId);
  if (routes.length === 0) return settings;
  return {
    ...settings,
    templates: settings.templates.filter((template) => !isGone(template)),
    ...(settings.drafts && { drafts: settings.drafts.filter((draft) => !isGone(draft)) }),
  };
}

type Look = Pick<Route, 'density' | 'notify' | 'pings' | 'follow' | 'broadcast' | 'reactions' | 'repeats' | 'stale'>;

function toLook(options: { readonly [Part in keyof Look]-?: string | number | undefined }): Look {
  const density = densities.find((known) => known === options.density);
  const notify = notifyLevels.find((known) => known === options.notify);
  const pings = pingLevels.find((known) => known === options.pings);
  const follow = follows.find((known) => known === options.follow);
  const broadcast = broadcasts.find((known) => known === options.broadcast);
  const repeats = typeof options.repeats === 'number' ? options.repeats : undefined;
  const stale = typeof options.stale === 'number' ? options.stale : undefined;
  return {
    ...(density && { density }),
    ...(notify && { notify }),
    ...(pings && { pings }),
    ...(follow && { follow }),
    ...(broadcast && { broadcast }),
    ...(options.reactions === 'on' && { reactions: 'on' as const }),
    ...(repeats !== undefined && { repeats }),
    ...(stale !== undefined && { stale }),
  };
}

/** ` (compact, notify never, follow edit)`; nothing where messages look as usual. */
function describeLook({ density, notify, pings, follow, broadcast, reactions, repeats, stale }: Look): string {
  const parts = [
    ...(density ? [density] : []),
    ...(notify ? [`notify ${notify}`] : []),
    ...(pings ? [`pings ${pings}`] : []),
    ...(follow ? [`follow ${follow}`] : []),
    ...(broadcast ? [`broadcast ${broadcast}`] : []),
    ...(reactions ? ['reactions on'] : []),
    ...(repeats !== undefined ? [`repeats ${describeDuration(repeats)}`] : []),
    ...(stale !== undefined ? [`stale ${describeDuration(stale)}`] : []),
  ];
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function isNamed({ platform, channel, channelName }: Route, typed: string): boolean {
  return [`${platform}:${channel}`, `${platform}:#${channelName}`].includes(typed);
}

function listOf(routes: readonly Route[]): string {
  return routes.map((route) => placeLabel(route) + describeLook(route)).join(', ') || 'no channel';
}
