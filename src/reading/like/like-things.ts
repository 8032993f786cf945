import type { Severity } from '../../core/message/severity.ts';
import type { Scalar } from '../payload/scalar.ts';

/** Several things of one kind, as a table of what differs between them. */
export interface LikeThings {
  /** What the sender calls them all. */
  readonly name: string;
  readonly count: number;
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  readonly rows: readonly LikeThing[];
}

export interface LikeThing {
  readonly cells: readonly (Scalar | undefined)[];
  readonly url: string | undefined;
  readonly state: string | undefined;
  readonly severity: Severity | undefined;
}
