import { isQuiet } from '../read-severity.ts';
import { spokenKind } from '../thing/kind-of.ts';
import { RUNS, WATCHES } from '../vocabulary.ts';
import { isSentence } from '../words.ts';
import { headline } from './of-headline.ts';
import { GENERIC, join, placed, standing } from './phrases.ts';
import type { TitleParts } from './title-parts.ts';

/** A run or a monitor: its name and how it stands is the whole news, unless its sender puts it in a sentence. */
export function ofRun({ walked, thing, state, scene, source, typeWords }: TitleParts): string | undefined {
  if (isQuiet(typeWords)) return undefined;
  const said = headline(walked);
  const [runs, watches] = [thing !== undefined && RUNS.has(thing.kind), thing !== undefined && WATCHES.has(thing.kind)];
  if (
    !thing ||
    !state ||
    (!runs && !(watches && state.severity)) ||
    (watches && (thing.label === undefined || said !== undefined)) ||
    (said !== undefined && isSentence(said))
  )
    return undefined;
  const own = thing.label !== undefined && !GENERIC.test(thing.label) ? thing.label : undefined;
  const place = source ?? scene;
  const label =
    own !== undefined
      ? join(own, runs ? thing.number : undefined)
      : place !== undefined || thing.number !== undefined
        ? join(place, spokenKind(thing.kind), thing.number)
        : undefined;
  return label && placed(standing(label, state, thing.branch), thing.branch.path.length > 0 ? scene : undefined);
}
