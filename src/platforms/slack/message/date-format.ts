import type { TimeStyle } from '../../../core/message/tree.ts';

/** https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export const dateFormats: Readonly<Record<TimeStyle, string>> = Object.freeze({
  time: '{time}',
  date: '{date_short_pretty}',
  datetime: '{date_short_pretty} {time}',
  relative: '{ago}',
});

/** Whether Slack can show it: whole seconds between 1970 and 9999. */
export function isMoment(unix: number): boolean {
  return Number.isInteger(unix) && unix > 0 && unix <= 253_402_300_799;
}
