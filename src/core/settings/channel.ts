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

/** A channel of one of the platforms. */
export interface Place {
  /** The platform's name: `local`, `slack`, `discord`. */
  readonly platform: string;
  /** The platform's own id of the channel. */
  readonly channel: string;
  /** What people call the channel, without `#`. */
  readonly channelName: string;
}

export function isSamePlace(one: Omit<Place, 'channelName'>, other: Omit<Place, 'channelName'>): boolean {
  return one.platform === other.platform && one.channel === other.channel;
}

/** A channel with its platform before it: `slack #ops`. */
export function placeLabel({ platform, channelName }: Omit<Place, 'channel'>): string {
  return `${platform} ${channelLabel(channelName)}`;
}
