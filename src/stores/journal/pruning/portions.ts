/** What one commit removes: little, for deliveries wait for it. */
const PORTION = { rows: 50, bytes: 1024 * 1024 } as const;

export interface OldRow {
  readonly id: number;
  /** The size of its body, which is what takes long to remove. */
  readonly bytes: number;
}

/** Rows in portions that one commit removes quickly. */
export function toPortions<Old extends OldRow>(rows: readonly Old[]): readonly (readonly Old[])[] {
  const portions: Old[][] = [];
  let room = 0;
  for (const row of rows) {
    const portion = portions.at(-1);
    room -= row.bytes;
    if (portion && portion.length < PORTION.rows && room >= 0) portion.push(row);
    else {
      portions.push([row]);
      room = PORTION.bytes - row.bytes;
    }
  }
  return portions;
}
