import { toMoment } from '../core/text/moment.ts';
import type { Walked } from './payload/walk.ts';
import { MOMENTS, PEOPLE, PLACES } from './vocabulary.ts';

/** When it happened: the event's own moment before its thing's, and none of a person's or a place's. */
export function readMoment({ leaves }: Walked): string | undefined {
  let best: { readonly cost: number; readonly moment: string } | undefined;
  for (const { name, value, owner } of leaves) {
    const rank = MOMENTS.get(name);
    if (
      rank === undefined ||
      owner.aside ||
      owner.path.some((part) => PEOPLE.has(part) || (PLACES.has(part) && part !== 'pipeline' && part !== 'monitor'))
    )
      continue;
    const cost = rank + owner.path.length * 20 + owner.depth * 3 + (owner.sample ? 40 : 0);
    const moment = !best || cost < best.cost ? toMoment(value) : undefined;
    if (moment !== undefined) best = { cost, moment };
  }
  return best?.moment;
}
