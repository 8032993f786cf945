import { singular, spoken, spokenLabel } from '../payload/names.ts';
import type { Branch } from '../payload/walk.ts';
import type { State } from '../read-state.ts';
import { activityOf, isPast } from '../verbs.ts';
import { THINGS } from '../vocabulary.ts';
import { essence, says } from '../words.ts';

/** As much as a title holds. */
export const TITLE_LIMIT = 200;

const STANDS =
  /^(?:up|down|online|offline|healthy|unhealthy|available|unavailable|degraded|overdue|missing|late|operational|reachable|unreachable|broken|open|unstable|stable|ready)$/;

/** Names that every event could have. */
export const GENERIC = /^(?:events?|notifications?|messages?|hooks?|webhooks?|data|payload|alerts?)$/i;

/** `Shop is down`, `build failed`, `HighCPU: alarm`; and of a part, what it is: `api: quality gate error`. */
export function standing(label: string, { word, owner, part: named }: State, place: Branch): string {
  const state = spokenState(word);
  const part =
    owner !== place && owner.path.length > place.path.length && !isStateName(owner.name) && !THINGS.has(owner.name)
      ? `${spoken(owner.name)} `
      : named !== '' && !says(label, spoken(named))
        ? `${spoken(named)} `
        : '';
  if (says(label, state) || /[.!?]$/.test(label)) return label;
  if (part !== '') return `${label}: ${part}${state}`;
  if (STANDS.test(state)) return `${label} is ${state}`;
  const short = label.split(/\s+/).length <= 6 && !/[.!?:]$/.test(label);
  return short && isPast(state.split(' ')[0] ?? '') && state !== 'open' ? `${label} ${state}` : `${label}: ${state}`;
}

function isStateName(name: string): boolean {
  return /(?:^|_)(?:state|status|conclusion|result|outcome)$/.test(name);
}

export function spokenState(word: string): string {
  const plain = word
    .replace(/([\p{Ll}])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return /^\p{Lu}+$/u.test(plain.replaceAll(' ', '')) || /^\p{Lu}\p{Ll}/u.test(plain) ? plain.toLowerCase() : plain;
}

/** A type as a clause: `updateCard` is "Card updated". */
export function phraseOf(typeWords: readonly string[]): string {
  const activity = activityOf(typeWords);
  const [last = ''] = typeWords.slice(-2);
  // One event is about one of them: `orders/create` is "Order created".
  const one = singular(last);
  if (activity && one !== last && THINGS.has(one) && typeWords.length > 1 && typeWords.at(-2) === last)
    return phraseOf([...typeWords.slice(0, -2), one, ...typeWords.slice(-1)]);
  const said =
    activity &&
    activity.noun !== '' &&
    typeWords.at(-1) !== activity.verb &&
    !typeWords.slice(0, -1).includes(activity.verb)
      ? `${activity.noun} ${activity.verb}`
      : typeWords.join(' ');
  return spokenLabel(spoken(said));
}

export function placed(title: string, scene: string | undefined): string {
  return scene === undefined ||
    scene.length > 40 ||
    says(title, scene) ||
    essence(scene)
      .split(' ')
      .every((word) => essence(title).split(' ').includes(word))
    ? title
    : `${scene}: ${title}`;
}

export function join(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part, index) => part && !parts.slice(0, index).some((before) => before?.includes(part)));
  return said.length > 0 ? said.join(' ') : undefined;
}
