import { defineHelper } from '../template/helper.ts';
import { placesText, placeText } from '../values/place-text.ts';

export default defineHelper({
  summary:
    'Where an alert is about, as its labels say: its instance, host, pod, device or what else names it. Of a list of alerts, all their places.',
  example: '{{title "Disk full" (before "on " (place commonLabels))}}',
  run: ({ values }) => (Array.isArray(values[0]) ? placesText(values[0]) : (placeText(values) ?? '')),
});
