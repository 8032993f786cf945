import { joinValues } from '../markdown/join-values.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Text with every occurrence of one text replaced by another.',
  example: '{{replace name "-" " "}}',
  given: { name: 'left-pad-door' },
  gives: 'left pad door',
  run({ values: [value, from, to] }) {
    const sought = toText(from);
    return sought === '' ? toText(value) : joinValues(toText(value).split(sought), toText(to));
  },
});
