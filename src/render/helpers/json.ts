import { boundedJson } from '../bounded-json.ts';
import { defineHelper } from '../helper.ts';
import { VALUE_LIMIT } from '../limits.ts';
import { toCount } from '../values.ts';

export default defineHelper({
  summary: 'Any value as JSON.',
  example: '{{codeblock (json this) language="json"}}',
  run: ({ values: [value], named: { indent } }) =>
    value === undefined ? '' : boundedJson(value, VALUE_LIMIT, toCount(indent, 2, 8)),
});
