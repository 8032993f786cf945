import type { EventPart } from './event.ts';

/** Which of several events it is: `event 2 of 3`, or `events 1,001 to 4,000 of 4,000`. */
export function partWords({ number, of, rest }: Omit<EventPart, 'batch'>): string {
  const said = (count: number) => count.toLocaleString('en-US');
  return rest && number < of
    ? `events ${said(number)} to ${said(of)} of ${said(of)}`
    : `event ${said(number)} of ${said(of)}`;
}
