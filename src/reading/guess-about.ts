import type { About } from '../core/event/about.ts';
import { readPayload } from './read-payload.ts';

/** What a payload nobody has described is about, read by the names its fields have. Always finds a title. Asking again is free. */
export function guessAbout(payload: unknown, type: string): About {
  return readPayload(payload).about(type);
}
