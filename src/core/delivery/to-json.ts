declare global {
  interface JSON {
    /** Text that is JSON already, such as the digits of a number that JavaScript would round. */
    rawJSON(text: string): object;
  }
}

/** A payload as JSON, with every digit of its integers. */
export function toJson(payload: unknown, indent?: number): string {
  return JSON.stringify(payload, withDigits, indent) ?? 'null';
}

function withDigits(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? JSON.rawJSON(String(value)) : value;
}
