import { spoken } from '../payload/names.ts';
import type { Branch } from '../payload/walk.ts';
import { THINGS } from '../vocabulary.ts';

const KIND_NAMES = new Set(['type', 'object', 'kind', 'entity_type', 'friendly_name', 'resource_type']);
/** Names of places whose content says itself what it is. */
export const VESSELS = new Set(
  'recording item resource entity model record object_data metadata subject target element node forkee'.split(' '),
);

/** A more exact kind than the name of its place, where the thing says itself what it is: a `recording` may be a `document`. */
export function kindOf(branch: Branch): string {
  if (THINGS.has(branch.name) && !VESSELS.has(branch.name)) return branch.name;
  const own = branch.leaves.find(
    ({ name, value }) => KIND_NAMES.has(name) && typeof value === 'string' && /^[A-Za-z][A-Za-z _-]{2,24}$/.test(value),
  );
  const said =
    own &&
    String(own.value)
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[ -]/g, '_');
  return said !== undefined && THINGS.has(said) ? said : THINGS.has(branch.name) ? branch.name : '';
}

/** A kind as people say it. */
export function spokenKind(kind: string): string {
  return spoken(kind.replace(/^userstory$/, 'user_story').replace(/^pullrequest$/, 'pull_request'));
}
