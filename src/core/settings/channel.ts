/** What a direct message is called, for it has no name. No channel is called so: in names, Slack allows no spaces, and Discord only in threads. */
export const DIRECT_MESSAGE = 'direct message';

/** A channel’s name as people write it; a direct message has none to put a `#` before. */
export function channelLabel(name: string): string {
  return name === DIRECT_MESSAGE ? name : `#${name}`;
}

export interface Channel {
  readonly id: string;
  /** Without `#`. */
  readonly name: string;
}
