import { isThere } from '../markdown/is-there.ts';
import { joinValues } from '../markdown/join-values.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'Facts on one line with a dot between them, those that are there: 0 is, nothing and false are not.',
  example: '{{facts (bold instance) (before "p99 " value) (plural errors "error")}}',
  given: { instance: 'web-1', value: 0, errors: 3 },
  gives: 'web-1 · p99 0 · 3 errors',
  run: ({ values }) => joinValues(values.filter(isThere), ' · '),
});
