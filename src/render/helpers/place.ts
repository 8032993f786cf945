import { defineHelper } from '../template/helper.ts';
import { placesText, placeText } from '../values/place-text.ts';

export default defineHelper({
  summary:
    'Where an alert is about, as its labels say: its instance, host, pod, device or what else names it. Of a list of alerts, all their places.',
  example: '{{title "Disk full" (before "on " (place commonLabels))}}',
  given: { commonLabels: { alertname: 'DiskFull', instance: 'db-1:9100' } },
  gives: 'Disk full on db-1:9100',
  run: ({ values }) => (Array.isArray(values[0]) ? placesText(values[0]) : (placeText(values) ?? '')),
});
