import { momentMarkdown } from '../../core/message/message.ts';
import type { TimeStyle } from '../../core/message/tree.ts';
import { safeMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { parseMoment } from '../values/moment.ts';
import { toText } from '../values/text.ts';

const STYLES: readonly TimeStyle[] = ['datetime', 'date', 'time', 'relative'];

export default defineHelper({
  summary: "Shows a moment in each reader's own zone. Styles: datetime, date, time, relative.",
  example: '{{time started_at style="date"}}',
  given: { started_at: '2026-01-02T03:04:05Z' },
  gives: '2026-01-02',
  named: { style: STYLES },
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
