import type { Place } from '../settings/channel.ts';
import type { Endpoint } from '../settings/endpoint.ts';
import type { Caller } from './permission.ts';

/**
 * How it is settled whether somebody may know what goes to a channel: admins may, and whoever asks from there is there.
 * On the platform they ask from they must see it, and on another one, where nobody knows who they are, everybody must.
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
