import { defineHelper } from '../template/helper.ts';
import { bytesText } from '../values/bytes-text.ts';
import { toText } from '../values/text.ts';
import { toNumber } from '../values/values.ts';

export default defineHelper({
  summary: 'A size in bytes as people say it.',
  example: '{{bytes artifact.size}}',
  run({ values: [value] }) {
    const size = toNumber(value);
    return size === undefined ? toText(value) : bytesText(size);
  },
});
