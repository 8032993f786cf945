import type { Severity } from '../message/severity.ts';

/** What a condition can see of an event. */
export interface ConditionInput {
  readonly type: string;
  readonly provider: string;
  /** The endpoint's name. */
  readonly endpoint: string;
  readonly payload: unknown;
  /** Without those that are redacted. */
  readonly headers: Readonly<Record<string, string>>;
  readonly about: ConditionAbout;
  readonly now: Date;
}

/** The about as conditions see it: a text that is unknown is empty. */
export interface ConditionAbout {
  readonly title: string;
  readonly url: string;
  readonly source: string;
  readonly actor: string;
  readonly subject: string;
  readonly state: string;
  readonly severity: Severity;
  readonly occurredAt: string;
  readonly environment: string;
  /** The branch it is about; of a pull request the one that it goes to. */
  readonly branch: string;
  /** The files that it changes, where it names them. */
  readonly paths: readonly string[];
  /** The labels that people put on the thing, and those of an alert as `name=value`. */
  readonly tags: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A condition made ready. It keeps no state: the same input gives the same answer. */
export interface Condition {
  readonly text: string;
  /** The fields of the payload that it names, such as `payload.action`. */
  readonly paths: readonly string[];
  /** Whether it is true of an event; why that cannot be said, as a clause, where it cannot. */
  test(input: ConditionInput): boolean | { readonly problem: string };
}
