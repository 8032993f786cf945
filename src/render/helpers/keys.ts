import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'The names in an object.',
  example: '{{join (keys labels) ", "}}',
  run: ({ values: [value] }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [],
});
