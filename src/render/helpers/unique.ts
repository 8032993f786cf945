import { grouped } from '../lists/grouped.ts';
import { defineHelper } from '../template/helper.ts';
import { toList } from '../values/values.ts';

export default defineHelper({
  summary: 'A list without what was in it before, or without items that have the same under a name as one before.',
  example: '{{join (unique (pluck commits "author.name")) ", "}}',
  given: { commits: [{ author: { name: 'Ann' } }, { author: { name: 'Ann' } }, { author: { name: 'Bo' } }] },
  gives: 'Ann, Bo',
  run: ({ values: [list, path] }) => grouped(toList(list), path).map(({ items: [first] }) => first),
});
