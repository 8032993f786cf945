import type { About } from '../../core/event/about.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import type { ReadEvent } from '../../reading/read-event.ts';
import type { Facts } from '../decide.ts';

/**
 * What deciding a stored event again depends on. What it said again at its time it still says again, which no reading of it
 * alone can tell.
 */
export function storedFacts(
  event: StoredEvent,
  read: Pick<ReadEvent, 'incoming' | 'quiet' | 'unfinished'>,
  about: About,
): Facts {
  const { endpointId, type, verification, provider, decision, part } = event;
  const said = decision?.steps.find(({ step }) => step === 'quiet')?.text ?? '';
  const quiet = read.quiet ?? after('not posted: ', said);
  const unfinished = read.unfinished ?? after('only for `follow=edit`: ', said);
  return {
    endpointId,
    type,
    verification,
    provider,
    part,
    quiet,
    unfinished,
    incoming: read.incoming,
    about,
  };
}

/** What stands behind a beginning; nothing where the text begins otherwise. */
function after(beginning: string, text: string): string | undefined {
  return text.startsWith(beginning) ? text.slice(beginning.length) : undefined;
}
