import { notFound } from '../../core/errors.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import type { Settings } from '../../core/settings/settings.ts';

/** The endpoint of a name or an id; nothing where none is named. Throws `AppError` where there is none. */
export function endpointNamed(name: string | undefined, { endpoints }: Settings): Endpoint | undefined {
  if (!name) return undefined;
  const found = endpoints.find((known) => known.name === name || known.id === name);
  if (!found) throw notFound(`The endpoint \`${name}\``);
  return found;
}
