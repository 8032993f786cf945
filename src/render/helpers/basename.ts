import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'The last part of a path or address.',
  example: '{{basename file.path}}',
  given: { file: { path: 'src/app/door.ts' } },
  gives: 'door.ts',
  run: ({ values: [value] }) =>
    toText(value)
      .replace(/[?#].*$/s, '')
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1),
});
