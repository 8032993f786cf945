const FIRST = 1_000;
const MOST = 300_000;

/** Milliseconds to wait after so many failures: doubles from one second to five minutes, with jitter so that many lanes do not try again at the same moment. */
export function backOff(failures: number): number {
  const most = Math.min(MOST, FIRST * 2 ** Math.max(0, failures - 1));
  return most / 2 + (Math.random() * most) / 2;
}
