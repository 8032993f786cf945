import type { About } from '../core/event/about.ts';
import type { AboutReaders, Incoming } from '../core/provider/provider.ts';
import { type ChatFormat, chatFormats } from './chat/chat-formats.ts';
import { isObject } from './payload/scalar.ts';
import { ofEvent } from './readings/of-event.ts';
import { NOTHING, type Reading } from './readings/reading.ts';

/** What says where and how a message is to be shown, not what it is about. */
const DRESS = new Set(
  'channel icon_url icon_emoji avatar_url thread_ts thread_name unfurl_links unfurl_media link_names tts flags nonce allowed_mentions'.split(
    ' ',
  ),
);

const read = new WeakMap<object, Reading>();

/** What a message is about that a tool wrote for a chat. */
export function chatAbout(format: ChatFormat): AboutReaders {
  const about = ({ payload, type }: Incoming): About => readingOf(payload, format).about(type);
  return {
    title: (event) => about(event).title,
    url: (event) => about(event).url,
    source: (event) => about(event).source,
    state: (event) => about(event).state,
    severity: (event) => about(event).severity,
    occurredAt: (event) => about(event).occurredAt,
  };
}

function readingOf(payload: unknown, format: ChatFormat): Reading {
  if (!isObject(payload)) return NOTHING;
  const message = Object.fromEntries(Object.entries(payload).filter(([name]) => !DRESS.has(name)));
  const reading = read.get(payload) ?? ofEvent(message, undefined, chatFormats[format]);
  read.set(payload, reading);
  return reading;
}
