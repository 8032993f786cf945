import type { ReceiverEvent } from '@slack/bolt';
import type { Log } from '../../../core/log.ts';
import type { Intake } from './inbox.ts';

/** What a socket brings. */
interface Envelope {
  readonly envelope_id: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly ack: (payload?: unknown) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

interface Source {
  removeAllListeners(event: 'slack_event'): unknown;
  on(event: 'slack_event', listener: (envelope: Envelope) => void): unknown;
}

/** What is acknowledged with an answer: what becomes of a form, and what a menu offers. */
const ANSWERED: ReadonlySet<unknown> = new Set(['view_submission', 'block_suggestion']);

/**
 * Acknowledges what a socket brings the moment it arrives, before Bolt looks at it: a request to reconnect may be right
 * behind it, and then it is too late. Only an acknowledgement that is an answer waits for it.
 */
export function receiveAtOnce(client: Source, intake: Intake, log: Log): void {
  const failed = (error: unknown) =>
    log.warn({ platform: 'slack', err: error }, 'an acknowledgement did not reach Slack');
  client.removeAllListeners('slack_event');
  client.on('slack_event', ({ envelope_id, body, ack, retry_num, retry_reason }) => {
    const waits = ANSWERED.has(body.type);
    if (!waits) ack().catch(failed);
    const event: ReceiverEvent = {
      body,
      customProperties: { envelope: envelope_id },
      ack: async (payload: unknown) => (waits ? ack(payload) : undefined),
      ...(retry_num !== undefined && { retryNum: retry_num }),
      ...(retry_reason !== undefined && { retryReason: retry_reason }),
    };
    intake
      .processEvent(event)
      .catch((error: unknown) =>
        log.error({ platform: 'slack', err: error }, 'something from Slack could not be handled'),
      );
  });
}
