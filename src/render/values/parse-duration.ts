const ISO =
  /^-?P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const CLOCK = /^(?:(\d{1,4})[.\s])?(\d{1,3}):([0-5]\d):([0-5]\d(?:\.\d+)?)$/;
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/_(?:ns|nanos?|nanoseconds|nsec)$/, 1e-9],
  [/_(?:us|micros?|microseconds|usec)$/, 1e-6],
  [/(?:_|^)(?:ms|millis|milliseconds|msec)$/, 1e-3],
  [/(?:_|^)(?:s|secs?|seconds)$/, 1],
  [/(?:_|^)(?:mins?|minutes)$/, 60],
  [/(?:_|^)(?:hours|hrs?)$/, 3_600],
  [/_days$/, 86_400],
];
/** Names that count time without saying in what. */
const BARE =
  /(?:^|_)(?:duration|elapsed|elapsed_time|uptime|downtime|runtime|run_time|build_time|deploy_time|execution_time|time_taken|took|total_time|queue_time|wait_time)$/;
const QUICK = /(?:^|_)(?:response_time|latency|ping|load_time|rtt|ttfb)$/;

/** Seconds of a duration that is written out: `PT1M30S`, `00:01:30.37`; nothing for any other text. */
export function parseClock(text: string): number | undefined {
  const clock = CLOCK.exec(text.trim());
  if (clock) {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = clock.slice(1).map((part) => Number(part ?? 0));
    return days * 86_400 + hours * 3_600 + minutes * 60 + seconds;
  }
  const iso = /\d/.test(text) ? ISO.exec(text.trim()) : null;
  if (!iso) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = iso.slice(1).map((part) => Number(part ?? 0));
  return ((weeks * 7 + days) * 24 + hours) * 3_600 + minutes * 60 + seconds;
}

/** How many seconds one of what a name counts has; nothing where a name counts no time. */
export function secondsPer(name: string, inMilliseconds: boolean): number | undefined {
  const unit = UNITS.find(([pattern]) => pattern.test(name) && !/^(?:min|mins|days|s)$/.test(name))?.[1];
  if (unit !== undefined) return unit;
  if (QUICK.test(name)) return 1e-3;
  return BARE.test(name) ? (inMilliseconds ? 1e-3 : 1) : undefined;
}
