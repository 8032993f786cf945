const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

export function timeOfDay(iso: string): string {
  return format(time, iso);
}

export function fullTime(iso: string): string {
  return format(full, iso);
}

export function dayOf(iso: string): string {
  return format(day, iso);
}

/** `3 hours ago`, or `in 2 days`. */
export function fromNow(moment: number, now = Date.now()): string {
  const seconds = Math.round((moment - now) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return relative.format(Math.trunc(seconds / size), unit);
}

/** The time of day of a moment today, and the day of an older one; the whole of it on hover. */
export function Moment({ iso, seconds = false }: { readonly iso: string; readonly seconds?: boolean }) {
  const clock = seconds ? format(exact, iso) : timeOfDay(iso);
  const today = new Date(iso).toDateString() === new Date().toDateString();
  return (
    <time dateTime={iso} title={fullTime(iso)}>
      {today ? clock : `${format(short, iso)}, ${clock}`}
    </time>
  );
}

function format(formatter: Intl.DateTimeFormat, iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? '' : formatter.format(moment);
}
