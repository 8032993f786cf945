import type { App, ReceiverEvent } from '@slack/bolt';
import type { Log } from '../../../core/log.ts';

/** What a socket brings. */
interface Envelope {
  readonly body: Readonly<Record<string, unknown>>;
  readonly ack: (payload?: unknown) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

interface Source {
  removeAllListeners(event: 'slack_event'): unknown;
  on(event: 'slack_event', listener: (envelope: Envelope) => void): unknown;
}

/**
 * Acknowledges what a socket brings in the moment it arrives, before Bolt looks at it: a request to reconnect may be right
 * behind it, and then it is too late. Only a form's acknowledgement waits, since it says what becomes of the form.
 */
export function receiveAtOnce(client: Source, app: Pick<App, 'processEvent'>, log: Log): void {
  const failed = (error: unknown) =>
    log.warn({ platform: 'slack', err: error }, 'an acknowledgement did not reach Slack');
  client.removeAllListeners('slack_event');
  client.on('slack_event', ({ body, ack, retry_num, retry_reason }) => {
    const waits = body.type === 'view_submission';
    if (!waits) ack().catch(failed);
    const event: ReceiverEvent = {
      body,
      ack: async (payload: unknown) => (waits ? ack(payload) : undefined),
      ...(retry_num !== undefined && { retryNum: retry_num }),
      ...(retry_reason !== undefined && { retryReason: retry_reason }),
    };
    app
      .processEvent(event)
      .catch((error: unknown) =>
        log.error({ platform: 'slack', err: error }, 'something from Slack could not be handled'),
      );
  });
}
