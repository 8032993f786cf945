/** A moment or a day as it stands in a text. */
export interface WrittenMoment {
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Whether only the day is known. */
  readonly day: boolean;
}

const ISO = /\b(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[+-]\d\d:?\d\d)?)?(?![\w-])/g;
const SPOKEN =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \d{4}\b|\b[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d:\d\d\s[AP]M\b/g;
const EPOCH = /^1\d{9}(?:\d{3}|\.\d+)?$/;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** The moments written in a text. */
export function momentsIn(text: string): readonly WrittenMoment[] {
  const whole = text.trim();
  if (EPOCH.test(whole)) return [{ text: whole, at: Number(whole) * (/^\d{13}$/.test(whole) ? 1 : 1000), day: false }];
  const iso = Array.from(text.matchAll(ISO), ([found, day = '', time, zone]) => ({
    text: found,
    at: Date.parse(time ? `${day}T${time}${!zone || zone === 'UTC' ? 'Z' : zone}` : `${day}T00:00:00Z`),
    day: time === undefined,
  }));
  const spoken = Array.from(text.matchAll(SPOKEN), ([found]) => ({
    text: found,
    at: Date.parse(`${found.replace(/\s/g, ' ')} UTC`),
    day: false,
  }));
  return [...iso, ...spoken].filter(({ at }) => !Number.isNaN(at));
}

/** Whether one may stand for the other. */
export function isSameMoment(one: Omit<WrittenMoment, 'text'>, other: Omit<WrittenMoment, 'text'>): boolean {
  if (one.day || other.day) return Math.floor(one.at / DAY) === Math.floor(other.at / DAY);
  return Math.abs(one.at - other.at) < MINUTE;
}

/** The ways to write a day, for people: `3 Feb 2024`, `Feb 3, 2024`. */
export function spellingsOf({ at }: Pick<WrittenMoment, 'at'>): readonly string[] {
  const date = new Date(at);
  const parts = (month: 'short' | 'long') => {
    const format = new Intl.DateTimeFormat('en', { month, timeZone: 'UTC' });
    return { month: format.format(date), day: date.getUTCDate(), year: date.getUTCFullYear() };
  };
  return [parts('short'), parts('long')].flatMap(({ month, day, year }) => [
    `${day} ${month} ${year}`,
    `${month} ${day} ${year}`,
  ]);
}
