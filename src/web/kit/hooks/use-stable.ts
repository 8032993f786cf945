import { useCallback, useRef } from 'preact/hooks';

/** A function that stays the same while what it does follows the latest drawing, so that what is given it need not be drawn again. */
export function useStable<Given extends readonly unknown[], Result>(
  run: (...given: Given) => Result,
): (...given: Given) => Result {
  const latest = useRef(run);
  latest.current = run;
  return useCallback((...given: Given) => latest.current(...given), []);
}
