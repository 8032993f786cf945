import type { FindScheme } from '../../provider/scheme/find-scheme.ts';
import type { Caller } from '../permission.ts';

/** A scheme for an endpoint, with the secret that goes with it: what a button sets once it was found. */
export interface SchemeProposal {
  readonly endpointId: string;
  readonly provider: string;
  readonly options: Readonly<Record<string, string>>;
  /** Nothing where the endpoint has it already, or needs none. */
  readonly secret?: string;
}

/** Finds schemes, and keeps what was found for a while, so that no button has to carry a secret. */
export interface SchemeDesk {
  readonly find: FindScheme;
  /** Keeps a proposal for whoever asked, and gives back the name that a button calls it by. */
  propose(proposal: SchemeProposal, caller: Caller): string;
  /** What was proposed to a caller under a name; nothing when it was another, or some time ago. */
  proposed(name: string, caller: Caller): Promise<SchemeProposal | undefined>;
}
