import { defineHelper } from '../template/helper.ts';
import { bytesText } from '../values/bytes-text.ts';
import { toText } from '../values/text.ts';
import { toNumber } from '../values/values.ts';

export default defineHelper({
  summary: 'A size in bytes as people say it.',
  example: '{{bytes artifact.size}}',
  given: { artifact: { size: 1_500_000 } },
  gives: '1.5 MB',
  run({ values: [value] }) {
    const size = toNumber(value);
    return size === undefined ? toText(value) : bytesText(size);
  },
});
