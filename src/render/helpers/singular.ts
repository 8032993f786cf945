import { defineHelper } from '../template/helper.ts';
import { humanize } from '../values/humanize.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'The name of one of many: fulfillment_orders is "fulfillment order".',
  example: '{{title (capitalize (singular kind)) name (past action)}}',
  given: { kind: 'fulfillment_orders', name: '#7', action: 'create' },
  gives: 'Fulfillment order #7 created',
  run: ({ values: [value] }) =>
    humanize(toText(value))
      .replace(/ies$/, 'y')
      .replace(/(?<=s|x|ch|sh)es$/, '')
      .replace(/(?<!s)s$/, ''),
});
