import { broadcasts, follows } from '../../../core/event/follow.ts';
import { densities, notifyLevels, pingLevels } from '../../../core/message/density.ts';
import type { Route } from '../../../core/settings/endpoint.ts';
import { describeDuration } from '../../../core/text/duration.ts';
import { describeConditions } from '../rules/describe-conditions.ts';

/** How messages look and are followed on a route. */
export type Look = Pick<
  Route,
  'density' | 'notify' | 'pings' | 'follow' | 'broadcast' | 'reactions' | 'votes' | 'repeats' | 'stale'
>;

/** A look that is asked for: what is to go is nothing. */
export type AskedLook = { readonly [Part in keyof Look]: Look[Part] | undefined };

/** The look that a command's options ask for. */
export function toLook(options: { readonly [Part in keyof Look]-?: string | number | undefined }): AskedLook {
  const density = densities.find((known) => known === options.density);
  const notify = notifyLevels.find((known) => known === options.notify);
  const pings = pingLevels.find((known) => known === options.pings);
  const follow = follows.find((known) => known === options.follow);
  const broadcast = broadcasts.find((known) => known === options.broadcast);
  const repeats = typeof options.repeats === 'number' ? options.repeats : undefined;
  const stale = typeof options.stale === 'number' ? options.stale : undefined;
  return {
    ...(density && { density }),
    ...(notify && { notify }),
    ...(pings && { pings }),
    ...(follow && { follow }),
    ...(broadcast && { broadcast }),
    ...(options.reactions !== undefined && { reactions: options.reactions === 'on' ? ('on' as const) : undefined }),
    ...(options.votes !== undefined && { votes: options.votes === 'on' ? ('on' as const) : undefined }),
    ...(repeats !== undefined && { repeats }),
    ...(stale !== undefined && { stale }),
  };
}

/** What a route is, where it is not as usual: ` (compact, notify never, follow edit)`; nothing where messages look as usual. */
export function describeLook({
  density,
  notify,
  pings,
  follow,
  broadcast,
  reactions,
  votes,
  repeats,
  stale,
  ...conditions
}: AskedLook & Conditions): string {
  const parts = [
    ...(density ? [density] : []),
    ...(notify ? [`notify ${notify}`] : []),
    ...(pings ? [`pings ${pings}`] : []),
    ...(follow ? [`follow ${follow}`] : []),
    ...(broadcast ? [`broadcast ${broadcast}`] : []),
    ...(reactions ? ['reactions on'] : []),
    ...(votes ? ['votes on'] : []),
    ...(repeats !== undefined ? [`repeats ${describeDuration(repeats)}`] : []),
    ...(stale !== undefined ? [`stale ${describeDuration(stale)}`] : []),
    ...[describeConditions(conditions)].filter(Boolean),
  ];
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

type Conditions = Pick<Route, 'filter' | 'when' | 'otherwise' | 'digest' | 'quiet'>;
