import type { Walked } from '../payload/walk.ts';
import type { State } from '../read-state.ts';
import { spokenKind, VESSELS } from '../thing/kind-of.ts';
import type { Thing } from '../thing/thing.ts';
import { type Activity, activityOf } from '../verbs.ts';
import { PEOPLE, THINGS, TRACKED } from '../vocabulary.ts';
import { headlineOf, says } from '../words.ts';
import { find, flag, personIn } from './find.ts';
import { GENERIC, join, phraseOf, placed } from './phrases.ts';
import type { TitleParts } from './title-parts.ts';

/** Who did what to which thing; or what was done to it, where nobody says who. */
export function ofActivity(parts: TitleParts): string | undefined {
  const { typeWords, thing, actor, walked, scene, state } = parts;
  const activity = mergedOf(activityOf(typeWords), thing, state);
  if (!activity || isOvertaken(activity, thing, state)) return undefined;
  const ref = refOf(walked);
  const own = thing && (thing.label !== undefined || thing.number !== undefined) ? thing : undefined;
  const person =
    PEOPLE.has(activity.noun.split(' ').at(-1) ?? '') && !PEOPLE.has(own?.kind ?? '') ? personIn(walked) : undefined;
  const label =
    ref?.label ??
    person ??
    (own && join(own.number, own.label)) ??
    (activity.noun === '' ? objectIn(walked) : undefined);
  const kind = ref?.kind ?? (person ? '' : kindIn(activity, own));
  if (label === undefined) return undefined;
  const named = objectOf(activity, kind, label, own?.number !== undefined);
  if (
    actor &&
    !says(label, actor) &&
    person === undefined &&
    !PEOPLE.has(own?.kind ?? '') &&
    /^(?:\p{L}+ed|sent|built|left|paid|ran|put|split|reset)$/u.test(activity.verb) &&
    !PASSIVE.test(activity.verb)
  )
    return `${actor} ${activity.verb} ${PREPOSITIONS.has(activity.verb) ? `${PREPOSITIONS.get(activity.verb)} ` : ''}${named}`;
  const phrase = phraseOf(typeWords);
  return placed(`${phrase}: ${label}`, scene && scene.length < 30 && own?.label === undefined ? scene : undefined);
}

/** What a verb alone was done to: `actor`, `verb` and `object` side by side. */
function objectIn({ root }: Walked): string | undefined {
  return headlineOf(find(root.leaves, 'object') ?? find(root.leaves, 'target'), 80);
}

/** A container's kind says nothing: the type names what it holds. */
function kindIn({ noun }: Activity, thing: Thing | undefined): string {
  if (thing?.kind && !VESSELS.has(thing.kind)) return spokenKind(thing.kind);
  return /\b(?:to|from|on)\b/.test(noun)
    ? ''
    : noun.split(' ').length > 1 && THINGS.has(noun.split(' ')[0] ?? '')
      ? (noun.split(' ')[0] ?? '')
      : noun;
}

/** What the activity was done to: `card Oil the hinges`, `label to card Oil the hinges`, `tags to alert db1`. */
function objectOf({ verb, noun: nouns }: Activity, kind: string, label: string, counted: boolean): string {
  if (/\b(?:to|from|on)\b/.test(nouns) && kind === '') return `${nouns} ${label}`;
  const bare =
    kind === '' ||
    GENERIC.test(kind) ||
    says(label, kind) ||
    (counted && /^(?:issue|pull request|merge request)$/.test(kind));
  const named = bare ? label : `${kind} ${label}`;
  const noun = /^(?:out|in|inbound|outbound|new|auto|manual|first|last|admin|user)$/.test(nouns)
    ? ''
    : nouns.replace(/(?<=[^s])s$/, (s) => (`${nouns.slice(0, -1)}` === kind ? '' : s));
  if (noun === '' || noun === kind || GENERIC.test(noun) || kind === '') return named;
  if (noun.endsWith(` ${kind}`)) return /\b(?:to|from|on|in|of)\b/.test(noun) ? `${noun} ${label}` : named;
  const part = noun.startsWith(`${kind} `) ? noun.slice(kind.length + 1) : '';
  if (part !== '')
    return /^(?:changed|updated|edited|set|modified|enabled|disabled|added|removed|requested|submitted|dismissed)$/.test(
      verb,
    )
      ? `${part} of ${named}`
      : named;
  if (kind.endsWith(noun) || noun.split(' ').length > 2) return named;
  return `${noun} ${verb === 'added' ? 'to' : verb === 'removed' ? 'from' : 'of'} ${named}`;
}

/** What some verbs need before what they are done to. */
const PREPOSITIONS = new Map<string, string>([
  ['replied', 'to'],
  ['commented', 'on'],
  ['responded', 'to'],
  ['reacted', 'to'],
  ['subscribed', 'to'],
  ['unsubscribed', 'from'],
  ['voted', 'on'],
  ['mentioned', 'someone in'],
  ['synced', 'with'],
]);

/** Code hosts close what they merge. */
function mergedOf(
  activity: Activity | undefined,
  thing: Thing | undefined,
  state: State | undefined,
): Activity | undefined {
  const merged =
    activity?.verb === 'closed' &&
    (state?.word.toLowerCase() === 'merged' || (thing !== undefined && flag(thing.branch.leaves, 'merged')));
  return activity && merged ? { ...activity, verb: 'merged' } : activity;
}

/** Whether how a thing stands says more than that it came to an end or changed. */
function isOvertaken({ verb }: Activity, thing: Thing | undefined, state: State | undefined): boolean {
  if (thing?.label === undefined || !state?.severity || state.severity === 'info' || says(thing.label, state.word))
    return false;
  return (
    ENDINGS.test(verb) ||
    (/^(?:updated|changed)$/.test(verb) && (state.severity !== 'good' || !TRACKED.has(thing.kind)))
  );
}

/** That a thing came to an end says less than how it stands now. */
const ENDINGS = /^(?:finished|completed|ended|processed|executed|ran|stopped|finalized)$/;

/** What happens by itself, without an actor. */
const PASSIVE =
  /^(?:failed|expired|triggered|exceeded|occurred|errored|succeeded|passed|recovered|bounced|finished|started|ended|missed|delivered|renewed|timed)$/;

/** A branch or tag, which code hosts name beside its kind. */
function refOf({ root }: Walked): { readonly kind: string; readonly label: string } | undefined {
  const [ref, kind] = [find(root.leaves, 'ref'), find(root.leaves, 'ref_type')];
  return typeof ref === 'string' && typeof kind === 'string' && kind.length < 20
    ? { kind, label: ref.replace(/^refs\/(?:heads|tags)\//, '') }
    : undefined;
}
