import type { Change } from '../../../core/command/changes.ts';
import type { Person } from '../../../core/settings/person.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import { describeWishes } from './describe-person.ts';

/** What the settings become, and what the audit keeps of it. */
export function toPeopleChange(
  settings: Settings,
  {
    people,
    before,
    after,
  }: { readonly people: readonly Person[]; readonly before: Person | undefined; readonly after: Person | undefined },
  detail: string,
) {
  const change: Change = {
    action: 'people',
    detail,
    before: before ? toWords(before) : 'nobody',
    after: after ? toWords(after) : 'nobody',
  };
  return { change, settings: { ...settings, people }, result: after };
}

function toWords(person: Person): string {
  const { name, aliases, paths = [], ids } = person;
  const accounts = Object.entries(ids).map(([platform, id]) => `${platform}:${id}`);
  return `${name}: ${[...aliases, ...paths, ...accounts, describeWishes(person)].join(', ')}`;
}
