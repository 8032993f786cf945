import { defineHelper } from '../template/helper.ts';
import { boundedJson } from '../values/bounded-json.ts';
import { VALUE_LIMIT } from '../values/limits.ts';
import { toCount } from '../values/values.ts';

export default defineHelper({
  summary: 'Any value as JSON.',
  example: '{{codeblock (json limits) language="json"}}',
  given: { limits: { open: 2 } },
  gives: '{ "open": 2 }',
  named: { indent: 'number' },
  run: ({ values: [value], named: { indent } }) =>
    value === undefined ? '' : boundedJson(value, VALUE_LIMIT, toCount(indent, 2, 8)),
});
