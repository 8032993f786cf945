import { isThere } from '../markdown/is-there.ts';
import { joinValues } from '../markdown/join-values.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'A value with words before it; nothing at all where the value is not there.',
  example: '{{title "Build failed" (before "on " branch)}}',
  given: { branch: 'main' },
  gives: 'Build failed on main',
  run: ({ values: [words, value] }) => (isThere(value) ? joinValues([words, value], '') : ''),
});
