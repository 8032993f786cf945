import type { About } from '../../core/event/about.ts';
import type { Follow } from '../../core/event/follow.ts';
import type { Phase } from '../../core/event/subject.ts';

type Following = Exclude<Follow, 'auto'>;

/** What starts, and then ends well or badly. */
const RUNS =
  /^(?:\w*(?:build|pipeline|workflow|checkrun|checksuite|deploy|deployment|job|run|release|backup|status|task))$/;
/** What somebody has to look at until it is over. */
const ALARMS = /^(?:\w*(?:alerts?|alarm|rule|incident|outage|monitor|check|service|heartbeat|problem|error))$/;
/** What people talk about. */
const TALKS =
  /^(?:\w*(?:pullrequest|mergerequest|issue|ticket|discussion|story|card|epic|bug|case|conversation|thread|review))$/;

const OVER =
  /^(?:resolved?|closed?|merged|declined|ok|okay|up|normal|good|healthy|success(?:ful|ful+y)?|succeeded|completed?|done|fixed|passed|recover(?:ed|y)|cancell?ed|ended|deleted|archived|operational|cleared|inactive|skipped|superseded|dismissed|ignored|fulfilled|built)$/;
const ENDED =
  /^(?:fail(?:ed|ure|ing)?|error(?:ed)?|timed_?out|startup_failure|action_required|neutral|stale|aborted|killed|crashed|unstable|broken)$/;
const OPEN =
  /^(?:open(?:ed)?|reopened|firing|triggered|alerting|down|fail(?:ed|ure|ing)?|critical|warning|acknowledged|unresolved|pending|queued|waiting|requested|created|running|in_progress|started|building|deploying|active|no_?data|degraded|error)$/;

/** How the events of a subject are followed where a route leaves that to us: alarms and what runs by edits, what people talk about in a thread. */
export function followOf({ subject }: Pick<About, 'subject'>, ofProvider?: Following): Following {
  if (ofProvider) return ofProvider;
  const kind = kindOf(subject);
  if (ALARMS.test(kind) || RUNS.test(kind)) return 'edit';
  return TALKS.test(kind) ? 'thread' : 'new';
}

/** Whether a subject is one that somebody has to look at until it is over. */
export function isAlarm({ subject }: Pick<About, 'subject'>, ofProvider?: Following): boolean {
  const kind = kindOf(subject);
  return ALARMS.test(kind) || (ofProvider === 'edit' && !RUNS.test(kind));
}

/** How an event leaves its subject; nothing where it does not say. */
export function phaseOf(
  { subject, state, severity }: Pick<About, 'subject' | 'state' | 'severity'>,
  ofProvider?: Following,
): Phase | undefined {
  const kind = kindOf(subject);
  const [isRun, isAlarm] = [RUNS.test(kind), ALARMS.test(kind) || ofProvider === 'edit'];
  const word = state
    ?.trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (word !== undefined) {
    if (OVER.test(word)) return 'over';
    if (isRun && ENDED.test(word)) return 'over';
    if (OPEN.test(word)) return 'open';
  }
  if (!isAlarm) return undefined;
  if (severity === 'good') return 'over';
  return severity === 'critical' || severity === 'warning' ? 'open' : undefined;
}

/** `pullrequest` of `pull_request:acme/api#12`. */
function kindOf(subject: string | undefined): string {
  return (
    subject
      ?.split(':', 1)[0]
      ?.toLowerCase()
      .replace(/[\s_-]+/g, '') ?? ''
  );
}
