import type { StoredEvent } from '../../core/event/event.ts';
import type { ReadEvent } from '../../reading/read-event.ts';
import type { Facts } from '../decide.ts';

/**
 * What deciding a stored event again depends on. What it said again at its time it still says again, which no reading of it
 * alone can tell.
 */
export function storedFacts(event: StoredEvent, read: ReadEvent, titleOf: () => string): Facts {
  const { endpointId, type, verification, provider, decision, part } = event;
  const quiet = read.quiet ?? decision?.steps.find(({ step }) => step === 'quiet')?.text.replace(/^not posted: /, '');
  let title: string | undefined;
  return {
    endpointId,
    type,
    verification,
    provider,
    part,
    quiet,
    incoming: read.incoming,
    about: {
      ...read.parts,
      get title() {
        title ??= titleOf();
        return title;
      },
    },
  };
}
