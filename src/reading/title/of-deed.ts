import type { Walked } from '../payload/walk.ts';
import type { State } from '../read-state.ts';
import { spokenKind, VESSELS } from '../thing/kind-of.ts';
import type { Thing } from '../thing/thing.ts';
import { type Deed, deedOf } from '../verbs.ts';
import { PEOPLE, THINGS, TRACKED } from '../vocabulary.ts';
import { headlineOf, says } from '../words.ts';
import { find, flag, personIn } from './find.ts';
import { GENERIC, join, phraseOf, placed } from './phrases.ts';
import type { TitleParts } from './title-parts.ts';

/** Who did what to which thing; or what was done to it, where nobody says who. */
export function ofDeed(parts: TitleParts): string | undefined {
  const { typeWords, thing, actor, walked, scene, state } = parts;
  const deed = mergedOf(deedOf(typeWords), thing, state);
  if (!deed || isOvertaken(deed, thing, state)) return undefined;
  const ref = refOf(walked);
  const own = thing && (thing.label !== undefined || thing.number !== undefined) ? thing : undefined;
  const person =
    PEOPLE.has(deed.noun.split(' ').at(-1) ?? '') && !PEOPLE.has(own?.kind ?? '') ? personIn(walked) : undefined;
  const label =
    ref?.label ?? person ?? (own && join(own.number, own.label)) ?? (deed.noun === '' ? objectIn(walked) : undefined);
  const kind = ref?.kind ?? (person ? '' : kindIn(deed, own));
  if (label === undefined) return undefined;
  const named = objectOf(deed, kind, label, own?.number !== undefined);
  if (
    actor &&
    !says(label, actor) &&
    person === undefined &&
    !PEOPLE.has(own?.kind ?? '') &&
    /^(?:\p{L}+ed|sent|built|left|paid|ran|put|split|reset)$/u.test(deed.verb) &&
    !PASSIVE.test(deed.verb)
  )
    return `${actor} ${deed.verb} ${PREPOSITIONS.has(deed.verb) ? `${PREPOSITIONS.get(deed.verb)} ` : ''}${named}`;
  const phrase = phraseOf(typeWords);
  return placed(`${phrase}: ${label}`, scene && scene.length < 30 && own?.label === undefined ? scene : undefined);
}

/** What a verb alone was done to: `actor`, `verb` and `object` side by side. */
function objectIn({ root }: Walked): string | undefined {
  return headlineOf(find(root.leaves, 'object') ?? find(root.leaves, 'target'), 80);
}

/** A vessel's kind says nothing: what it holds is what the type names. */
function kindIn({ noun }: Deed, thing: Thing | undefined): string {
  if (thing?.kind && !VESSELS.has(thing.kind)) return spokenKind(thing.kind);
  return /\b(?:to|from|on)\b/.test(noun)
    ? ''
    : noun.split(' ').length > 1 && THINGS.has(noun.split(' ')[0] ?? '')
      ? (noun.split(' ')[0] ?? '')
      : noun;
}

/** What a deed was done to: `card Oil the hinges`, `label to card Oil the hinges`, `tags to alert db1`. */
function objectOf({ verb, noun: told }: Deed, kind: string, label: string, counted: boolean): string {
  if (/\b(?:to|from|on)\b/.test(told) && kind === '') return `${told} ${label}`;
  const bare =
    kind === '' ||
    GENERIC.test(kind) ||
    says(label, kind) ||
    (counted && /^(?:issue|pull request|merge request)$/.test(kind));
  const named = bare ? label : `${kind} ${label}`;
  const noun = /^(?:out|in|inbound|outbound|new|auto|manual|first|last|admin|user)$/.test(told)
    ? ''
    : told.replace(/(?<=[^s])s$/, (s) => (`${told.slice(0, -1)}` === kind ? '' : s));
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
function mergedOf(deed: Deed | undefined, thing: Thing | undefined, state: State | undefined): Deed | undefined {
  const merged =
    deed?.verb === 'closed' &&
    (state?.word.toLowerCase() === 'merged' || (thing !== undefined && flag(thing.branch.leaves, 'merged')));
  return deed && merged ? { ...deed, verb: 'merged' } : deed;
}

/** Whether how a thing stands says more than that it came to an end or changed. */
function isOvertaken({ verb }: Deed, thing: Thing | undefined, state: State | undefined): boolean {
  if (thing?.label === undefined || !state?.severity || state.severity === 'info' || says(thing.label, state.word))
    return false;
  return (
    ENDINGS.test(verb) ||
    (/^(?:updated|changed)$/.test(verb) && (state.severity !== 'good' || !TRACKED.has(thing.kind)))
  );
}

/** That a thing came to an end says less than how it stands now. */
const ENDINGS = /^(?:finished|completed|ended|processed|executed|ran|stopped|finalized)$/;

/** What nobody does: it happens. */
const PASSIVE =
  /^(?:failed|expired|triggered|exceeded|occurred|errored|succeeded|passed|recovered|bounced|finished|started|ended|missed|delivered|renewed|timed)$/;

/** A branch or tag, which code hosts name beside its kind. */
function refOf({ root }: Walked): { readonly kind: string; readonly label: string } | undefined {
  const [ref, kind] = [find(root.leaves, 'ref'), find(root.leaves, 'ref_type')];
  return typeof ref === 'string' && typeof kind === 'string' && kind.length < 20
    ? { kind, label: ref.replace(/^refs\/(?:heads|tags)\//, '') }
    : undefined;
}
