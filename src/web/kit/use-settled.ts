import { useCallback, useEffect, useState } from 'preact/hooks';

/** A value once it has rested for some milliseconds, and how not to wait for that. */
export function useSettled<Value>(value: Value, rest: number): readonly [Value, () => void] {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled) return;
    const timer = setTimeout(() => setSettled(value), rest);
    return () => clearTimeout(timer);
  }, [value, settled, rest]);
  const settle = useCallback(() => setSettled(value), [value]);
  return [settled, settle];
}
