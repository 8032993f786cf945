import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Shows an image.',
  example: '{{image screenshot_url alt="What the camera saw"}}',
  given: { screenshot_url: 'https://cam.example/1.png' },
  gives: 'What the camera saw',
  effect: true,
  named: { alt: 'text' },
  run({ values: [address], named: { alt }, draft }) {
    const url = toLine(address);
    if (url) draft.image = { url, alt: toLine(alt) };
  },
});
