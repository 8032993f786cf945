import { AppError, OptionError } from '../errors.ts';
import { repeated } from '../message/markdown/typed-word.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Endpoint } from './endpoint.ts';
import type { Settings } from './settings.ts';

type Endpoints = Pick<Settings, 'endpoints'>;

/** The endpoint of an id, which no name can stand in for, or of a name without regard to case; nothing when there is none. */
export function lookUpEndpoint({ endpoints }: Endpoints, typed: string): Endpoint | undefined {
  const name = typed.toLowerCase();
  return endpoints.find(({ id }) => id === typed) ?? endpoints.find((endpoint) => endpoint.name.toLowerCase() === name);
}

/** The endpoint somebody means. Throws `OptionError` with the nearest name when there is none. */
export function findEndpoint({ endpoints }: Endpoints, typed: string): Endpoint {
  const found = lookUpEndpoint({ endpoints }, typed);
  if (found) return found;
  const names = endpoints.map(({ name }) => name);
  const hint =
    didYouMean(typed, names) || (names.length ? ' `/webhook list` shows them all.' : ' Make one with `/webhook new`.');
  const which = repeated(typed, { known: names, otherwise: 'of that name' });
  throw new OptionError('endpoint', `There is no endpoint ${which}.${hint}`, { code: 'not_found', status: 404 });
}

/** An endpoint as it is now, which may have changed since it was looked up. Throws `AppError` when it is gone. */
export function endpointNow({ endpoints }: Endpoints, { id, name }: Pick<Endpoint, 'id' | 'name'>): Endpoint {
  const found = endpoints.find((endpoint) => endpoint.id === id);
  if (found) return found;
  throw new AppError(404, 'not_found', `\`${name}\` was deleted a moment ago, so nothing was changed.`);
}

/** Settings with one endpoint in place of an earlier version of itself. */
export function withEndpoint(settings: Settings, changed: Endpoint): Settings {
  return { ...settings, endpoints: settings.endpoints.map((each) => (each.id === changed.id ? changed : each)) };
}
