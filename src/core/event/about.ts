import type { Severity } from '../message/severity.ts';

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
  readonly labels?: Readonly<Record<string, string>>;
}

const OVER =
  /^(resolved?|closed?|merged|ok|okay|up|success(ful|ful+y)?|succeeded|completed?|done|fixed|passed|recovered|cancell?ed|ended|deleted|archived)$/i;

/** Whether nobody needs to act on it any more, as its state says. Unknown states count as open only when they sound alarmed. */
export function isOpen({ state, severity }: About): boolean {
  if (state && OVER.test(state)) return false;
  return (
    severity === 'warning' ||
    severity === 'critical' ||
    /^(open(ed)?|reopened|firing|triggered|alerting|down|failed|failure)$/i.test(state ?? '')
  );
}
