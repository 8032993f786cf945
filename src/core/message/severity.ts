export const severities = ['info', 'good', 'warning', 'critical'] as const;

export type Severity = (typeof severities)[number];

/** Well-known words and phrases, the most severe first. */
const WORDS = new Map<string, Severity>([
  ...listed(
    'critical',
    'critical crit fatal emergency emerg panic disaster severe blocker p0 p1 sev0 sev1 sev_0 sev_1 high highest red danger ' +
      'down firing alerting alarm triggered trigger problem outage major_outage not_responding unresponsive unavailable unreachable offline ' +
      'failed failing failure failures fail fails error errored errors broken crashed crash exception unhealthy breached violated dead killed oom ' +
      'bad nok ko not_ok unsuccessful infected compromised infrastructure_fail',
  ),
  ...listed(
    'warning',
    'warn warning warnings degraded degraded_performance partial_outage minor_outage minor major medium moderate average p2 sev2 sev_2 yellow orange amber ' +
      'acknowledged acknowledge ack no_data nodata timed_out timedout timeout unstable expired expiring overdue late delayed disputed declined rejected ' +
      'bounced bounce bounces dropped complaint complained spamreport escalated escalate blocked suspended missing maintenance under_maintenance at_risk throttled flapping investigating identified monitoring',
  ),
  ...listed(
    'good',
    'ok okay up success successful successfully succeeded succeed pass passed passing resolve resolved recover recovered recovery fixed fix healthy operational ' +
      'complete completed done finished merged approved paid deployed normal close closed available online cleared clear green good connected restored ' +
      'reachable stable verified delivered ready',
  ),
  ...listed(
    'info',
    'info information informational notice note debug trace low lowest trivial none neutral open opened reopened new created updated deleted pending running ' +
      'started queued in_progress building scheduled planned draft skipped cancelled canceled cancel aborted superseded dismissed ignored not_run ' +
      'p3 p4 p5 sev3 sev4 sev_3 sev_4 blue',
  ),
]);
/** Words that negate the next word, or make it meaningless. */
const NEGATIONS = new Set(['not', 'no', 'non', 'without', 'never', 'un']);
/** Words beside which nothing is good yet: "up for retry", "waiting for approval", "unable to recover". */
const UNFINISHED = new Set(['for', 'to', 'until', 'awaiting', 'waiting', 'unable', 'cannot', 'partially']);
/** A longer text is a sentence, and says too much to be judged by a word. */
const PHRASE_LIMIT = 4;

/** How serious the first well-known word or short phrase is; nothing when there is none. */
export function severityOf(...words: readonly (string | undefined)[]): Severity | undefined {
  for (const word of words) {
    const found = word === undefined || word.length > 80 ? undefined : ofPhrase(word);
    if (found) return found;
  }
  return undefined;
}

function ofPhrase(phrase: string): Severity | undefined {
  const parts = phrase
    .trim()
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const whole = WORDS.get(parts.join('_')) ?? WORDS.get(parts.join(''));
  if (whole || parts.length > PHRASE_LIMIT || parts.some((part) => NEGATIONS.has(part))) return whole;
  const found = parts.map((part, place) => WORDS.get(`${part}_${parts[place + 1]}`) ?? WORDS.get(part));
  const isUnfinished = parts.some((part) => UNFINISHED.has(part));
  const known = found.filter((severity) => severity !== 'good' || !isUnfinished);
  return (['critical', 'warning', 'good', 'info'] as const).find((severity) => known.includes(severity));
}

function listed(severity: Severity, words: string): readonly (readonly [string, Severity])[] {
  return words.split(' ').map((word) => [word, severity]);
}
