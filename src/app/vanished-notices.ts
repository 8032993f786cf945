import type { NewPost } from '../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/markdown/inline-code.ts';
import { toMessage } from '../core/message/message.ts';
import type { Route } from '../core/settings/endpoint.ts';
import type { Vanished, VanishedPart } from '../core/settings/vanished.ts';

type Place = Pick<Route, 'platform' | 'channel' | 'channelName'>;

/** The channel that those who run Bellhop read. */
const PAGE: Place = { platform: 'local', channel: 'general', channelName: 'general' };

const LISTED = 10;

/** What an edit of the settings file removed: each channel is notified about the endpoints that lead to it, and the page about everything else. */
export function toVanishedNotices({ parts, backup }: Vanished): readonly NewPost[] {
  const places = new Map<string, { readonly place: Place; readonly parts: VanishedPart[] }>();
  for (const part of parts) {
    const routes: readonly Place[] = part.endpoint?.routes.length ? part.endpoint.routes : [PAGE];
    for (const { platform, channel, channelName } of routes) {
      const key = JSON.stringify([platform, channel]);
      const found = places.get(key) ?? { place: { platform, channel, channelName }, parts: [] };
      places.set(key, found);
      found.parts.push(part);
    }
  }
  return [...places.values()].map(({ place, parts: here }) => ({
    ...place,
    state: 'due',
    message: toMessage({
      severity: 'warning',
      title: { text: 'An edit of the settings file removed something' },
      body: [
        'Somebody saved the settings file, and this is no longer in it:',
        toList(here),
        `If that was a mistake: ${inlineCode(backup)} in the data folder holds it for a week at least. Copy what is missing from there, or put that file in the place of ${inlineCode('settings.json')}.`,
      ].join('\n\n'),
    }),
  }));
}

function toList(parts: readonly VanishedPart[]): string {
  const lines = parts.slice(0, LISTED).map(({ what }) => `- ${sentenceMarkdown(what)}`);
  const more = parts.length > LISTED ? [`- and ${parts.length - LISTED} more`] : [];
  return [...lines, ...more].join('\n');
}
