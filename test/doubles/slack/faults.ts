/** What goes wrong with one call. */
export interface Fault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Milliseconds before anything is answered. */
  readonly delay?: number;
  /** Breaks the connection instead of answering. */
  readonly reset?: boolean;
  /** Whether the method does its work first: the answer alone is lost. */
  readonly afterwards?: boolean;
}

/** One queue of faults for each method. */
export function createFaults() {
  const queues = new Map<string, Fault[]>();
  let chance: (method: string) => Fault | undefined = () => undefined;
  return {
    trouble(pick: (method: string) => Fault | undefined) {
      chance = pick;
    },
    add(method: string, fault: Fault, times = 1) {
      queues.set(method, [...(queues.get(method) ?? []), ...Array<Fault>(times).fill(fault)]);
    },
    take: (method: string): Fault | undefined => queues.get(method)?.shift() ?? chance(method),
    clear: () => queues.clear(),
  };
}
