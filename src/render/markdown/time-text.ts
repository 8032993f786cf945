import type { TimeStyle } from '../../core/message/tree.ts';

/** A moment in words for readers without a clock of their own: always UTC, and says so. */
export function timeText({ unix, style }: { readonly unix: number; readonly style: TimeStyle }): string {
  const moment = new Date(unix * 1000);
  if (Number.isNaN(moment.getTime())) return '';
  const [date = '', clock = ''] = moment.toISOString().split('T');
  const time = `${clock.slice(0, 5)} UTC`;
  if (style === 'date') return date;
  return style === 'time' ? time : `${date} ${time}`;
}
