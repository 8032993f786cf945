import type { Walked } from '../payload/walk.ts';
import type { Prose } from '../read-prose.ts';
import type { State } from '../read-state.ts';
import type { Thing } from '../thing/thing.ts';

/** What a title is made of. */
export interface TitleParts {
  readonly walked: Walked;
  readonly typeWords: readonly string[];
  readonly thing: Thing | undefined;
  readonly state: State | undefined;
  readonly actor: string | undefined;
  readonly source: string | undefined;
  readonly scene: string | undefined;
  readonly prose: readonly Prose[];
}
