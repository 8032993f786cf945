import { ownersOf } from '../../core/settings/owned-files.ts';
import { defineHelper } from '../template/helper.ts';

const FILES = 300;
const PATH_LENGTH = 500;

export default defineHelper({
  summary:
    'Whose files these are, by the paths of the people list: people or groups, which {{mention (owners files)}} pings.',
  example: '{{field "Owners" (join (owners (pluck commits "modified")) ", ")}}',
  given: { commits: [{ modified: ['src/billing/invoice.ts'] }] },
  gives: 'Owners: billing',
  run({ values, draft: { people } }) {
    const files = values
      .flat(3)
      .filter((file): file is string => typeof file === 'string' && file.length < PATH_LENGTH);
    return ownersOf(people, files.slice(0, FILES)).map(({ name }) => name);
  },
});
