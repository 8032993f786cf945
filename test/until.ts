/** Long enough for a machine that has much else to do: only what never happens takes as long. */
const LIMIT = 60_000;
/** How long it is until the next look, in milliseconds, at first and at most: looks that take long would slow what is waited for. */
const PAUSE = { first: 5, most: 50 } as const;

/** Waits for what happens on another connection or in another process, and gives it back. `within` is in milliseconds, for what takes minutes by its nature. */
export async function until<T>(
  look: () => T | Promise<T>,
  what = String(look),
  within = LIMIT,
): Promise<NonNullable<T>> {
  const end = performance.now() + within;
  for (let pause: number = PAUSE.first; ; pause = Math.min(pause * 1.5, PAUSE.most)) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`It never came to this: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
