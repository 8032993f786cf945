import { humanize } from './humanize.ts';

const IRREGULAR: Readonly<Record<string, string>> = {
  begin: 'began',
  break: 'broke',
  build: 'built',
  cancel: 'cancelled',
  come: 'came',
  commit: 'committed',
  find: 'found',
  forget: 'forgot',
  get: 'got',
  give: 'gave',
  go: 'went',
  hold: 'held',
  leave: 'left',
  lose: 'lost',
  make: 'made',
  pay: 'paid',
  put: 'put',
  quit: 'quit',
  read: 'read',
  reset: 'reset',
  run: 'ran',
  say: 'said',
  send: 'sent',
  set: 'set',
  split: 'split',
  submit: 'submitted',
  take: 'took',
  transfer: 'transferred',
  upset: 'upset',
  withdraw: 'withdrew',
  write: 'wrote',
};
const PAST = new Set(Object.values(IRREGULAR));

/** The name of an action as what somebody did: its last word in the past tense, unless a word of it is already. */
export function pastTense(action: string): string {
  const words = humanize(action);
  // Of `added_to_repository` the first word is the verb.
  return words.split(' ').some((word) => /..[^e]ed$/.test(word)) ? words : words.replace(/\p{Ll}+$/u, toPast);
}

function toPast(verb: string): string {
  if (Object.hasOwn(IRREGULAR, verb)) return IRREGULAR[verb] ?? verb;
  if (PAST.has(verb) || /ed$/.test(verb)) return verb;
  if (verb.endsWith('e')) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  // Short verbs double their end: ban, pin, drop.
  if (/^[^aeiou]*[aeiou][bdgklmnprt]$/.test(verb)) return `${verb}${verb.at(-1)}ed`;
  return `${verb}ed`;
}
