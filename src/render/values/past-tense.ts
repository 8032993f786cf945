import { humanize } from './humanize.ts';

const IRREGULAR: Readonly<Record<string, string>> = {
  begin: 'began',
  break: 'broke',
  build: 'built',
  cancel: 'cancelled',
  failure: 'failed',
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
  success: 'succeeded',
  take: 'took',
  transfer: 'transferred',
  upset: 'upset',
  withdraw: 'withdrew',
  write: 'wrote',
};
const PAST = new Set(Object.values(IRREGULAR));

/** Words that say already how it is or was, and a phrase around them. */
const SAYS_IT =
  /^(?:\w{2,}[^e\W]ed|\w{4,}ing|available|due|overdue|ready|activity|requires|needs|waits|will|is|was|has)$/;
const PARTICLE = /^(?:in|out|up|on|off|down)$/;
const PREPOSITION = /^(?:in|out|on|of|to|for|by|at|as|with|from)$/;

/** The name of an action as what somebody did: its verb in the past tense. What is a state or a phrase already stays as it is. */
export function pastTense(action: string): string {
  const words = humanize(action).split(' ');
  const verb = words.length - (words.length > 1 && PARTICLE.test(words.at(-1) ?? '') ? 2 : 1);
  // Of `added_to_repository` the first word is the verb.
  const said = words.some((word, index) => SAYS_IT.test(word) || (index < verb && PREPOSITION.test(word)));
  return said ? words.join(' ') : words.map((word, at) => (at === verb ? toPastWord(word) : word)).join(' ');
}

function toPastWord(word: string): string {
  return word.replace(/\p{Ll}+$/u, toPast);
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
