import { OptionError } from '../errors.ts';
import { quoted } from '../message/inline-code.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Endpoint } from './endpoint.ts';
import type { Settings } from './settings.ts';

/** The endpoint of an id, which no name can stand in for, or of a name without regard to case; nothing when there is none. */
export function lookUpEndpoint({ endpoints }: Settings, typed: string): Endpoint | undefined {
  const name = typed.toLowerCase();
  return endpoints.find(({ id }) => id === typed) ?? endpoints.find((endpoint) => endpoint.name.toLowerCase() === name);
}

/** The endpoint somebody means. Throws `OptionError` with the nearest name when there is none. */
export function findEndpoint(settings: Settings, typed: string): Endpoint {
  const found = lookUpEndpoint(settings, typed);
  if (found) return found;
  const names = settings.endpoints.map(({ name }) => name);
  const hint =
    didYouMean(typed, names) || (names.length ? ' `/webhook list` shows them all.' : ' Make one with `/webhook new`.');
  throw new OptionError('endpoint', `There is no endpoint ${quoted(typed)}.${hint}`, {
    code: 'not_found',
    status: 404,
  });
}
