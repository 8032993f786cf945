import type { Place } from '../settings/channel.ts';
import type { Endpoint } from '../settings/endpoint.ts';
import type { Caller } from './permission.ts';

/**
 * Decides whether somebody may know what goes to a channel: admins may, and so may whoever asks from that channel. On
 * their own platform they must be able to see it; on another one, where nobody knows who they are, everybody must be
 * able to.
 */
export type Sight = 'given' | 'must see it' | 'must be open';

export function sightOf({ role, platform, channel }: Caller, place: Place): Sight {
  if (role === 'admin') return 'given';
  if (place.platform !== platform) return 'must be open';
  return place.channel === channel ? 'given' : 'must see it';
}

/** The channels of which somebody must see one to know of an endpoint that is not theirs. */
export function channelsToSee({ platform }: Caller, { routes }: Endpoint): readonly Place[] {
  return routes.filter((route) => route.platform === platform);
}
