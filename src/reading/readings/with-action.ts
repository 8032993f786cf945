import type { Walked } from '../payload/walk.ts';
import { readAction, typeWords } from '../read-type.ts';
import { activityOf } from '../verbs.ts';

/** A type that only names a thing is completed by what was done to it. */
export function withAction(words: readonly string[], walked: Walked): readonly string[] {
  const action = activityOf(words) ? undefined : readAction(walked);
  return action === undefined || words.includes(action) ? words : [...words, ...typeWords(action)];
}
