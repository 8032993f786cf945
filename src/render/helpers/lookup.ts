import { defineHelper } from '../template/helper.ts';
import { ownValue } from '../values/values.ts';

export default defineHelper({
  summary: 'A property whose name is not known beforehand.',
  example: '{{lookup names user.id}}',
  given: { names: { u1: 'Ann' }, user: { id: 'u1' } },
  gives: 'Ann',
  run: ({ values: [value, key] }) => ownValue(value, key),
});
