import { severities } from '../../core/message/severity.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Says how serious it is: info, good, warning or critical.',
  example: '{{severity (choose action opened="info" closed="good")}}',
  given: { action: 'closed' },
  gives: 'severity: good',
  effect: true,
  words: [severities],
  run({ values: [value], draft }) {
    const severity = severities.find((known) => known === toText(value).trim().toLowerCase());
    if (severity) draft.severity = severity;
  },
});
