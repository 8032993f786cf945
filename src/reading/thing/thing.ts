import type { Branch } from '../payload/walk.ts';

/** What an event is about. */
export interface Thing {
  /** What kind of thing it is, as it is written in a name: `pull_request`; empty where nobody says. */
  readonly kind: string;
  readonly label?: string;
  /** `#12` or `API-15`. */
  readonly number?: string;
  /** Where it stands; the whole payload where it has no place of its own. */
  readonly branch: Branch;
}
