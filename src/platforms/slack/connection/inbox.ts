import type { App, ReceiverEvent } from '@slack/bolt';
import type { Claims } from '../../../core/cluster.ts';
import { partOf, textOf } from './answer-parts.ts';

/** Where what Slack sends arrives, by socket or over HTTP. */
export type Intake = Pick<App, 'processEvent'>;

const REMEMBERED = 1_000;
/** Slack sends an event again for an hour at most. https://docs.slack.dev/apis/events-api#retries Milliseconds. */
const CLAIMED_FOR = 3_600_000;

/**
 * Passes each thing that Slack sends on once, however often it comes: events are sent again while Slack has no
 * acknowledgement. A repeat is acknowledged as the first was, since a form waits for that.
 */
export function createInbox(inner: Intake, claims?: Claims): Intake {
  const seen = new Map<string, Promise<unknown>>();

  /** Whether no other node took it. Where that cannot be found out, it is taken rather than lost. */
  async function isFirst(name: string): Promise<boolean> {
    return claims?.first(`slack ${name}`, CLAIMED_FOR).catch(() => true) ?? true;
  }

  return {
    async processEvent(event) {
      const name = nameOf(event);
      if (name === undefined) return inner.processEvent(event);
      const before = seen.get(name);
      if (before) return event.ack(await before);
      const { promise, resolve } = Promise.withResolvers<unknown>();
      seen.set(name, promise);
      if (!(await isFirst(name))) {
        resolve(undefined);
        return event.ack();
      }
      const [oldest] = seen.keys();
      if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
      try {
        await inner.processEvent({
          ...event,
          async ack(outcome: unknown) {
            resolve(outcome);
            await event.ack(outcome);
          },
        });
      } finally {
        resolve(undefined);
      }
    },
  };
}

/** What identifies it among everything that Slack sends. Suggestions change nothing, and are asked for again and again. */
function nameOf({ body, customProperties }: ReceiverEvent): string | undefined {
  const type = textOf(body, 'type') ?? textOf(body, 'command');
  if (type === 'block_suggestion') return undefined;
  const id = textOf(body, 'event_id') ?? textOf(body, 'trigger_id') ?? textOf(customProperties, 'envelope');
  return id && `${type} ${id} ${partOf(body, 'actions', '0', 'action_id') ?? ''}`;
}
