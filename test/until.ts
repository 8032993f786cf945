/** Long enough for a machine that has much else to do: only what never happens takes as long. */
const LIMIT = 60_000;

/** Waits for what happens on another connection or in another process, and gives it back. `within` is in milliseconds, for what takes minutes by its nature. */
export async function until<T>(
  look: () => T | Promise<T>,
  what = String(look),
  within = LIMIT,
): Promise<NonNullable<T>> {
  const end = performance.now() + within;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`It never came to this: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
