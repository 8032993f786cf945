/** A channel’s name as people write it; a direct message has none to put a `#` before. */
export function channelLabel(name: string): string {
  return name.includes(' ') ? name : `#${name}`;
}
