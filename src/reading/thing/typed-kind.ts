import { activityOf } from '../verbs.ts';
import { THINGS } from '../vocabulary.ts';

/** A type's words but for the verb, which may be a noun as well. */
export function nounsOf(words: readonly string[]): readonly string[] {
  const activity = activityOf(words);
  return activity ? activity.noun.split(' ').filter(Boolean) : words;
}

/** The kind of thing that an event's type names. */
export function typedKind(typeWords: readonly string[]): string {
  for (let length = 2; length > 0; length--)
    for (let start = 0; start + length <= typeWords.length; start++) {
      const kind = typeWords.slice(start, start + length).join('_');
      if (THINGS.has(kind)) return kind;
    }
  return '';
}

/** Whether the event's type names a thing, in one or in several words. */
export function isNamed(name: string, typeWords: readonly string[]): boolean {
  return (
    ` ${typeWords.join(' ')} `.includes(` ${name.replaceAll('_', ' ')} `) ||
    (name.includes('_') && typeWords.join('').includes(name.replaceAll('_', '')))
  );
}
