import { OptionError } from '../../core/errors.ts';
import { repeated, SHORTEST_SECRET } from '../../core/message/markdown/typed-word.ts';
import type { Settings } from '../../core/settings/settings.ts';

const NAME_LIMIT = 40;
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u;

/** A name as an endpoint may have it. Throws `OptionError` with a name that would do when it may not. */
export function parseEndpointName(typed: string, field: string): string {
  if (typed.length <= NAME_LIMIT && NAME.test(typed)) return typed;
  throw new OptionError(
    field,
    `${repeated(typed, { otherwise: 'This' })} cannot be a name: names are 1 to ${NAME_LIMIT} letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends.${hintFor(typed)}`,
  );
}

/** A name like the one that was typed. One long word may be a secret typed in the wrong place, and is not turned into another. */
function hintFor(typed: string): string {
  if (typed.length >= SHORTEST_SECRET && !/\s/.test(typed)) return '';
  const better = typed
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .slice(0, NAME_LIMIT)
    .replace(/^[-._]+|[-._]+$/g, '');
  return better ? ` \`${better}\` would do.` : '';
}

/** Throws `OptionError` when another endpoint has the name already. */
export function checkNameIsFree({ endpoints }: Settings, name: string, field: string, exceptId?: string): void {
  const isTaken = endpoints.some(
    (endpoint) => endpoint.name.toLowerCase() === name.toLowerCase() && endpoint.id !== exceptId,
  );
  if (!isTaken) return;
  const free = freeName({ endpoints }, name);
  throw new OptionError(field, `The name \`${name}\` is taken already. \`${free}\` is free.`, {
    code: 'name_taken',
    status: 409,
  });
}

/** `github`, or `github-2` when that is taken, and so on. */
export function freeName({ endpoints }: Pick<Settings, 'endpoints'>, wanted: string): string {
  const taken = new Set(endpoints.map(({ name }) => name.toLowerCase()));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted.slice(0, NAME_LIMIT - 5)}-${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
