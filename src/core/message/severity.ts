export const severities = ['info', 'good', 'warning', 'critical'] as const;

export type Severity = (typeof severities)[number];

const WORDS: readonly (readonly [Severity, RegExp])[] = [
  [
    'good',
    /^(ok|okay|up|success|successful|succeeded|passed|passing|resolved?|recovered|recovery|fixed|healthy|operational|completed?|done|merged|approved|paid|deployed|normal|closed|pass|available|online|cleared)$/,
  ],
  [
    'critical',
    /^(critical|crit|fatal|emergency|emerg|panic|disaster|severe|blocker|down|firing|alerting|triggered|trigger|failed|failing|failure|fail|error|errored|broken|outage|major_outage|unhealthy|p1|sev_?1|high|problem|not_responding|unavailable|offline|crashed)$/,
  ],
  [
    'warning',
    /^(warn|warning|degraded|degraded_performance|partial_outage|minor|medium|moderate|acknowledged|no_?data|timed_?out|timeout|unstable|expired|overdue|disputed|p2|sev_?2|cancell?ed|declined|rejected|average|missing|under_maintenance)$/,
  ],
  [
    'info',
    /^(info|information|informational|notice|debug|low|none|open|opened|new|created|pending|running|started|queued|in_progress)$/,
  ],
];

/** How serious the first word sounds that anybody knows; nothing when none is known. */
export function severityOf(...words: readonly (string | undefined)[]): Severity | undefined {
  for (const word of words) {
    const plain =
      word
        ?.trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_') ?? '';
    const found = WORDS.find(([, pattern]) => pattern.test(plain));
    if (found) return found[0];
  }
  return undefined;
}
