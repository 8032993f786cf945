import { type Severity, severityOf } from '../core/message/severity.ts';
import type { Walked } from './payload/walk.ts';
import type { State } from './read-state.ts';
import { activityOf, isPast } from './verbs.ts';
import { GRAVITIES, PEOPLE } from './vocabulary.ts';

/** In trackers a priority says how soon, not how bad. */
const TRACKED = /^(?:issue|ticket|task|todo|story|userstory|card|bug|epic|feature|request|item|fields|conversation)$/;
const RAISED =
  /^(?:firing|alerting|alarm|problem|triggered?|triggering|raised|active|open(?:ed)?|created|new|in_?progress|reopened|alert)$/i;
const ACKNOWLEDGED = /\back\b|acknowledge/i;
const NEUTRAL = /cancel|skip|abort|supersed|dismiss|ignored|neutral/i;
/** Only the last step of a workflow is a success. */
const DONE = /done|clos|resolv|complet|fixed|merged|approved|passed|succe|paid|ok/i;
/** The levels of Python and Node loggers. */
const LEVELS = new Map<string, Severity>([
  ['10', 'info'],
  ['20', 'info'],
  ['30', 'warning'],
  ['40', 'critical'],
  ['50', 'critical'],
  ['60', 'critical'],
]);

export interface SeverityParts {
  readonly walked: Walked;
  readonly state: State | undefined;
  readonly typeWords: readonly string[];
  /** Sentences the sender wrote about the event, such as its headline. */
  readonly said: readonly (string | undefined)[];
  /** Whether the event is about an error that occurred. */
  readonly faulty?: boolean;
  /** Whether it is about something that burns until it is over, such as an incident. */
  readonly ongoing?: boolean;
  /** Whether it is about something people work on, whose priority says how soon and not how bad. */
  readonly tracked?: boolean;
}

/** How serious it is: what is over is good; what failed is a failure; what was raised is as severe as its sender says. */
export function readSeverity({
  walked,
  state,
  typeWords,
  said,
  faulty = false,
  ongoing = false,
  tracked = false,
}: SeverityParts): Severity | undefined {
  const quiet = isQuiet(typeWords);
  const gravity = quiet ? undefined : readGravity(walked, tracked);
  const word = state?.word ?? '';
  if (quiet && state?.severity === 'good' && ongoing) return 'good';
  if (quiet && (state?.severity === 'good' || RAISED.test(word) || state?.severity === undefined)) return 'info';
  if (state?.severity === 'good') return tracked && !DONE.test(word) ? 'info' : 'good';
  if (ACKNOWLEDGED.test(word)) return gravity === 'info' ? 'info' : 'warning';
  if (state?.severity === 'critical') return RAISED.test(word) && gravity && gravity !== 'good' ? gravity : 'critical';
  if (state?.severity === 'warning') return gravity === 'critical' ? 'critical' : 'warning';
  if (state?.severity === 'info' && NEUTRAL.test(word)) return gravity ?? 'info';
  const typed = ofType(typeWords);
  if (typed === 'good') return 'good';
  if (typed === 'warning' && ACKNOWLEDGED.test(typeWords.join(' '))) return 'warning';
  if (gravity && (gravity !== 'info' || RAISED.test(typeWords.at(-1) ?? ''))) return gravity;
  if (typed && typed !== 'info') return typed;
  if (ongoing && state && RAISED.test(word) && !gravity) return 'warning';
  if (state?.severity) return state.severity;
  if (faulty && !typed) return 'critical';
  const raised =
    typeWords.length === 0
      ? state === undefined
      : RAISED.test(typeWords.at(-1) ?? '') ||
        /(?:^|_)(?:create|open|reopen|trigger|escalated?|fire|raise)$/.test(typeWords.join('_'));
  if (ongoing && raised && !gravity) return 'warning';
  return gravity ?? typed ?? cueOf(said.filter((text) => text !== undefined));
}

/** What people do to a thing does not make it better or worse. */
const QUIET =
  /^(?:assigned|unassigned|commented|labell?ed|unlabell?ed|edited|modified|mentioned|locked|unlocked|starred|tagged|untagged|ignored|muted|snoozed|renamed|moved|pinned|unpinned|subscribed|viewed|replied|reviewed|deleted|removed|archived|watched|forked|copied|converted|attached|linked|unlinked|milestoned|demilestoned|trashed|shared|transferred|invited)$/;
const REMARK =
  /^(?:.* )?(?:comment|note|reply|answer|mention|attachment|label|member|checklist)(?: (?:to|from|on|in) .*)?$/;

export function isQuiet(typeWords: readonly string[]): boolean {
  const activity = activityOf(typeWords);
  return activity !== undefined
    ? QUIET.test(activity.verb) || (REMARK.test(activity.noun) && !/^(?:failed|resolved)$/.test(activity.verb))
    : REMARK.test(typeWords.join(' '));
}

function readGravity({ leaves }: Walked, tracked: boolean): Severity | undefined {
  let best: { readonly cost: number; readonly severity: Severity } | undefined;
  for (const { name, value, owner } of leaves) {
    const [kind = ''] = owner.path.slice(-1);
    const own = GRAVITIES.get(name) ?? (name === 'name' || name === 'value' ? GRAVITIES.get(owner.name) : undefined);
    if (own === undefined || owner.aside || Array.isArray(value)) continue;
    const about = GRAVITIES.has(kind) ? owner.path.at(-2) : kind;
    const said = GRAVITIES.has(kind) ? kind : name;
    if (about !== undefined && PEOPLE.has(about)) continue;
    // How soon people should work on something says nothing of how bad it is.
    if ((tracked || TRACKED.test(about ?? '')) && /^(?:priority|urgency|severity|impact|criticality)$/.test(said))
      continue;
    const severity = LEVELS.get(String(value)) ?? (typeof value === 'string' ? severityOf(value) : undefined);
    const cost = own + owner.path.length * 3 + (owner.sample ? 10 : 0);
    if (severity && (!best || cost < best.cost)) best = { cost, severity: severity === 'good' ? 'info' : severity };
  }
  return best?.severity;
}

/** By the last words, which say what happened. */
function ofType(words: readonly string[]): Severity | undefined {
  if (/^(?:up|down|in|out)$/.test(words.at(-1) ?? '') && isPast(words.at(-2) ?? '')) return undefined;
  return severityOf(words.slice(-2).join('_')) ?? severityOf(words.at(-1)) ?? severityOf(words.join('_'));
}

const CUES: readonly (readonly [Severity, RegExp])[] = [
  [
    'good',
    /✅|🟢|💚|\b(?:resolved|recovered|is back|back to normal|is (?:up|online|healthy) again)\b|^\W?(?:ok|resolved|recovery)\b/i,
  ],
  [
    'critical',
    /🔴|❌|🔥|🚨|🛑|💥|\b(?:failed|failing|failure|crashed|is down|went down|errored|outage|is unreachable|is offline|has been down|entered alert)\b|\bdown$|^\W?(?:critical|alarm|alert|error|fatal|down|problem|firing)\b/i,
  ],
  ['warning', /⚠|🟡|🟠|\b(?:warning|degraded|missing|timed out|expires in|about to expire|is late|overdue)\b/i],
  ['good', /🎉|\b(?:succeeded|successful(?:ly)?|passed|is (?:up|online|ok|healthy)|fixed)\b/i],
];
const DENIED =
  /\b(?:no|not|without|zero|0) (?:\w+ )?(?:failed|failures?|errors?|failing|problems?|outages?)\b|\bwas not\b/i;

/** How severe a sentence sounds; nothing where it says the opposite. */
function cueOf(texts: readonly string[]): Severity | undefined {
  for (const text of texts) {
    const said = text.replace(DENIED, '');
    const bad = CUES.find(([, pattern]) => pattern.test(said));
    if (bad) return bad[0];
  }
  return undefined;
}
