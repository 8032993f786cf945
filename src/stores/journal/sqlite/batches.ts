import type { Operation, Value } from '../statement.ts';
import type { Batch, Named } from './protocol.ts';

/** Statements that have a number at once. Queries over lists of changing length would name ever more. */
const NAMED = 500;

/** Packs operations that carry so many bytes for the journal's thread, and knows which statements it has seen. */
export function createBatches(): (
  operations: readonly Operation[],
  bytes: number,
) => {
  readonly batch: Batch;
  readonly block: ArrayBuffer;
} {
  const numbers = new Map<string, number>();

  return (operations, bytes) => {
    const forget = numbers.size > NAMED;
    if (forget) numbers.clear();
    const fresh: Named[] = [];
    const values: Value[] = [];
    const block = new Uint8Array(bytes);
    let filled = 0;
    const named = operations.map((operation) =>
      operation.flatMap(({ sql, parameters, wants, guards = 0 }) => {
        for (const value of parameters) {
          if (!(value instanceof Uint8Array)) values.push(value);
          else {
            block.set(value, filled);
            values.push(block.subarray(filled, filled + value.byteLength));
            filled += value.byteLength;
          }
        }
        let number = numbers.get(sql);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(sql, number);
          fresh.push({ number, sql, slots: parameters.length, ...(wants && { wants }) });
        }
        return [number, guards];
      }),
    );
    return { batch: { forget, fresh, operations: named, values }, block: block.buffer };
  };
}

/** How many bytes an operation carries, its text not counted. */
export function sizeOf(operation: Operation): number {
  let bytes = 0;
  for (const { parameters } of operation) {
    for (const value of parameters) if (value instanceof Uint8Array) bytes += value.byteLength;
  }
  return bytes;
}
