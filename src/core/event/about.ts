import type { Severity } from '../message/severity.ts';
import type { Edited } from './editing/edited.ts';

/** What a person should know of an event before opening it. All of it is text from outside. */
export interface About {
  readonly title: string;
  readonly url?: string;
  /** Where inside the provider it came from: a repository, a project, a service. What people mute. */
  readonly source?: string;
  readonly actor?: string;
  /** The stable key of the thing it is about, such as `pull_request:acme/api#12`. */
  readonly subject?: string;
  readonly state?: string;
  readonly severity?: Severity;
  /** When it happened at the provider, ISO 8601. */
  readonly occurredAt?: string;
  /** The provider's own count of what happened to its subject, in digits: of two events the one with more is later, whatever their moments. */
  readonly sequence?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The part of its subject that it is about, such as a job of a run; absent where it is about the whole. */
  readonly part?: Part;
  /** Whether not everybody who sees the channel may read it at the provider: its texts are withheld. */
  readonly confidential?: true;
  /** Set where a person made it of another event. */
  readonly edited?: Edited;
}

/** One of several parts that a subject has. */
export interface Part {
  readonly name: string;
  readonly state?: string;
  /** How long it took, in milliseconds. */
  readonly took?: number;
}

const OVER =
  /^(resolved?|closed?|merged|ok|okay|up|success(ful|ful+y)?|succeeded|completed?|done|fixed|passed|recovered|cancell?ed|ended|deleted|archived)$/i;

const RECOVERED = /^(resolved?|ok|okay|up|recovered|recovery|operational|healthy|normal|cleared|back_?up)$/i;

/** Whether an alarm is over, as its state says. Nobody was alarmed by what is merely closed, merged or done. */
export function isRecovered({ state }: Pick<About, 'state'>): boolean {
  return RECOVERED.test(state?.trim() ?? '');
}

/** `production` or `staging`, where it is known. */
export function environmentOf({ labels }: Pick<About, 'labels'>): string | undefined {
  return ENVIRONMENTS.map((name) => (labels && Object.hasOwn(labels, name) ? labels[name] : undefined)).find(Boolean);
}

const ENVIRONMENTS = ['environment', 'env', 'stage'];

/** Whether it is over, as its state says. */
export function isEnded({ state }: Pick<About, 'state'>): boolean {
  return OVER.test(state?.trim() ?? '');
}

/** Whether somebody may still need to act on it, as its state says. Unknown states count as open only when they sound alarmed. */
export function isOpen({ state, severity }: About): boolean {
  if (state && OVER.test(state)) return false;
  return (
    severity === 'warning' ||
    severity === 'critical' ||
    /^(open(ed)?|reopened|firing|triggered|alerting|down|failed|failure)$/i.test(state ?? '')
  );
}
