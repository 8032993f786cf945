import { AppError, UNFORESEEN } from '../../core/errors.ts';
import type { EventStore } from '../../core/event/event.ts';
import type { Relay } from '../../core/event/relay.ts';
import type { Log } from '../../core/log.ts';

export interface ReplayOneParts {
  readonly journal: { readonly events: Pick<EventStore, 'get'> };
  readonly replay: Relay['replay'];
  readonly log: Log;
}

/** Posts one event of many again. Gives back why it could not be; nothing where it is owed to its channels. Never throws. */
export async function replayOne(id: string, { journal, replay, log }: ReplayOneParts): Promise<string | undefined> {
  try {
    const event = await journal.events.get(id);
    if (!event) return 'It is not kept any more.';
    if (event.verification.handshake !== undefined) return 'It is a handshake, which is never posted.';
    if (event.state === 'received' || event.state === 'queued') return 'It is on its way already.';
    await replay(event);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    log.error({ err: error, eventId: id }, 'an event could not be replayed in an unforeseen way');
    return UNFORESEEN;
  }
}
