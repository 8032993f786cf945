import type { Bus } from '../../core/cluster.ts';
import type { LocalMessage, MessageStore } from '../../core/event/local-message.ts';

const EVENTS = 'events';
const MESSAGES = 'messages';
/** Milliseconds in which events are named together, and how many fit into one word. */
const TOGETHER = 50;
const AT_ONCE = 200;

export type MessageChange = 'added' | 'edited';

interface MessageWord {
  readonly channel: string;
  readonly nonce: string;
  readonly change: MessageChange;
}

/** Notes on all nodes which events are new or stand differently. */
export function shareEvents(bus: Bus, note: (eventId: string) => void): (eventId: string) => void {
  const changed = new Set<string>();
  bus.on(EVENTS, (word) => {
    for (const eventId of word as readonly string[]) note(eventId);
  });

  function send(): void {
    const ids = [...changed];
    changed.clear();
    for (let from = 0; from < ids.length; from += AT_ONCE) bus.send(EVENTS, ids.slice(from, from + AT_ONCE));
  }

  return (eventId) => {
    note(eventId);
    if (changed.size === 0) setTimeout(send, TOGETHER).unref();
    changed.add(eventId);
  };
}

/** Shows the messages of the page's own channels on all nodes, wherever they were posted. */
export function shareMessages({
  bus,
  messages,
  show,
}: {
  readonly bus: Bus;
  readonly messages: Pick<MessageStore, 'find'>;
  readonly show: (message: LocalMessage, change: MessageChange) => void;
}): (message: LocalMessage, change: MessageChange) => void {
  bus.on(MESSAGES, (word) => {
    const { channel, nonce, change } = word as MessageWord;
    messages
      .find(channel, nonce)
      .then((message) => message && show(message, change))
      // A page that missed one sees it when it looks.
      .catch(() => undefined);
  });
  return (message, change) => {
    show(message, change);
    const { channel, nonce } = message;
    bus.send(MESSAGES, { channel, nonce, change } satisfies MessageWord);
  };
}
