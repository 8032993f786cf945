import type { Reply } from '../../../core/command/command.ts';
import { reply } from '../../../core/command/reply.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../../core/message/message.ts';
import type { Place } from '../../../core/settings/channel.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { describeLook } from './look.ts';

/** Where an endpoint posts, each channel with a button that removes it. What was just changed stands first. */
export function listRoutes(
  { id, name, routes }: Endpoint,
  describe: (place: Place) => string,
  changed: readonly Markdown[] = [],
): Reply {
  const places = routes.map((route) => sentenceMarkdown(describe(route) + describeLook(route)));
  const list = places.length
    ? `${inlineCode(name)} posts in ${places.join(', ')}.`
    : `${inlineCode(name)} has no channel: its events are kept and posted nowhere. Add a channel with ${inlineCode(`/webhook route ${name} #channel`)}.`;
  return reply([...changed, list].join('\n\n'), {
    severity: severityOf(routes.length, changed.length > 0),
    actions: routes.map((route) => ({
      label: `Remove ${describe(route)}`,
      command: 'route',
      options: { endpoint: name, action: 'remove', channel: `${route.platform}:${route.channel}` },
      tucked: true,
    })),
    data: { endpoint: { id, name, routes } },
  });
}

function severityOf(routes: number, isChanged: boolean) {
  if (routes === 0) return 'warning';
  return isChanged ? 'good' : 'info';
}
