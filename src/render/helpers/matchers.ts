import { defineHelper } from '../template/helper.ts';
import { labelText } from '../values/label-text.ts';
import { matchersText } from '../values/matchers-text.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary:
    'Labels as Alertmanager and PromQL match them, with their escapes, from the first object that has each; nothing without any.',
  example: '{{urlencode (matchers commonLabels groupLabels names="alertname instance")}}',
  given: { commonLabels: { alertname: 'DiskFull' }, groupLabels: {} },
  gives: '%7Balertname%3D%22DiskFull%22%7D',
  named: { names: 'text' },
  run({ values, named: { names } }) {
    const asked = toText(names).split(/\s+/).filter(Boolean);
    const found = asked.map((name) => [name, values.map((labels) => labelText(labels, name)).find(Boolean)] as const);
    return matchersText(new Map(found.filter((label): label is [string, string] => label[1] !== undefined)));
  },
});
