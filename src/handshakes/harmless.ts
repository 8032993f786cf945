/** Whether a text from outside may be sent back: short, of one line, and without what could be taken for a page. */
export function isHarmless(text: string | undefined): text is string {
  return text !== undefined && /^[\x20-\x3b\x3d\x3f-\x7e]{1,1000}$/.test(text);
}

/** Larger bodies are not handshakes, and need not be read to know. */
export const HANDSHAKE_BYTES = 16_384;

/** Whether a value is a list with nothing in it. */
export function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Whether a payload has one field and no other. */
export function hasOnly(payload: unknown, name: string): boolean {
  return typeof payload === 'object' && payload !== null && Object.keys(payload).join('\n') === name;
}
