import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'The names in an object.',
  example: '{{join (keys labels) ", "}}',
  given: { labels: { app: 'door', zone: 'eu' } },
  gives: 'app, zone',
  run: ({ values: [value] }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [],
});
