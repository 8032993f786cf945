import { spokenLabel } from '../payload/names.ts';
import type { State } from '../read-state.ts';
import { spokenKind } from '../thing/kind-of.ts';
import { PEOPLE, THINGS } from '../vocabulary.ts';
import { says } from '../words.ts';
import { GENERIC, join, phraseOf, placed, standing } from './phrases.ts';
import type { TitleParts } from './title-parts.ts';

/** A thing and how it stands. */
export function ofThing(parts: TitleParts): string | undefined {
  const { walked, thing, state, typeWords, scene, source } = parts;
  const label = thing && join(thing.number, thing.label);
  if (!thing || label === undefined || (thing.label === undefined && typeWords.length > 0)) return undefined;
  // Where a payment failed, its customer did not fail.
  if (state && PEOPLE.has(thing.kind) && thing.branch !== walked.root && state.owner !== thing.branch) return undefined;
  const part = thing.kind !== '' && !THINGS.has(thing.kind) && thing.branch !== walked.root;
  if (part && source && state) return standing(source, state, walked.root);
  const counted = /^#/.test(thing.number ?? '');
  const bare =
    thing.label !== undefined &&
    /^[\w.#/-]*\d[\w.-]*$/.test(thing.label) &&
    THINGS.has(thing.kind) &&
    !says(thing.label, spokenKind(thing.kind));
  const own =
    (thing.label === undefined || bare) && thing.kind
      ? `${spokenLabel(spokenKind(thing.kind))} ${label}`
      : counted && !/\s/.test(thing.label ?? ' ')
        ? `${thing.label} ${thing.number}`
        : label;
  if (state) return placed(isSymptom(own, state) ? own : standing(own, state, thing.branch), scene);
  if (typeWords.length > 0 && !GENERIC.test(typeWords.join(' ')) && !says(own, typeWords.join(' ')))
    return `${phraseOf(typeWords)}: ${own}`;
  if (!state && thing.kind !== '' && THINGS.has(thing.kind) && thing.branch.owner !== undefined && !/\s/.test(own))
    return placed(`${spokenLabel(spokenKind(thing.kind))}: ${own}`, scene);
  return placed(own, scene);
}

/** An alert that is called after what is wrong needs no word that it is. */
function isSymptom(label: string, { word }: State): boolean {
  return (
    /^(?:problem|firing|alerting|alarm|alert|triggered|active|open|raised|new)$/i.test(word) &&
    label.split(/\s+/).length > 3
  );
}
