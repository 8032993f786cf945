import { defineHelper } from '../template/helper.ts';
import { ownValue, same, toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The items of a list of which one property has a value.',
  example: '{{count (where alerts "status" "firing")}}',
  given: { alerts: [{ status: 'firing' }, { status: 'resolved' }] },
  gives: '1',
  run: ({ values: [list, path, wanted] }) => toList(list).filter((item) => same(ownValue(item, path), wanted)),
});
