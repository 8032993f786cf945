import { joinValues } from '../markdown/join-values.ts';
import { defineHelper } from '../template/helper.ts';
import { isBlank, toList } from '../values/values.ts';

export default defineHelper({
  summary: "Puts a list's items together, with a text between them.",
  example: '{{join tags " and "}}',
  given: { tags: ['v2', 'v1'] },
  gives: 'v2 and v1',
  run: ({ values: [list, between = ', '] }) =>
    joinValues(
      toList(list).filter((item) => !isBlank(item)),
      between,
    ),
});
