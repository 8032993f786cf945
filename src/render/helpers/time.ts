import { momentMarkdown } from '../../core/message.ts';
import type { TimeStyle } from '../../core/tree.ts';
import { defineHelper } from '../helper.ts';
import { parseMoment } from '../moment.ts';
import { safeMarkdown } from '../safe-markdown.ts';
import { toText } from '../text.ts';

const STYLES: readonly TimeStyle[] = ['datetime', 'date', 'time', 'relative'];

export default defineHelper({
  summary: "Shows a moment in each reader's own zone. Styles: datetime, date, time, relative.",
  example: '{{time started_at style="relative"}}',
  run({ values: [value], named: { style } }) {
    const moment = parseMoment(value);
    if (!moment) return toText(value);
    return safeMarkdown(
      momentMarkdown(
        moment,
        STYLES.find((known) => known === style),
      ),
    );
  },
});
