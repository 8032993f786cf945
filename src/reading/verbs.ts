/** What events are named after, as their senders write it: the bare verb. */
const VERBS = new Set(
  (
    'acknowledge unacknowledge delegate annotate accept activate add alert answer approve archive assign attach authorize authorise ban block book bounce build buy cancel capture change check_in clear click close comment commit complete configure confirm connect convert copy ' +
    'create deactivate decline delete deliver demote deploy destroy detach dismiss disable disconnect dispute download downgrade draft edit enable end escalate exceed execute exit expire export fail finalize finish fire fork freeze fulfill ' +
    'generate grab grant import increase initiate install invite issue join label leave link list lock lose mark merge mention migrate miss modify move mute notify open order pass pause pay pin place play post process promote provision publish pull purge push ' +
    'rate read receive record recover redeem refund refuse register reject release remove rename renew reopen reorder repeat reply report request require reschedule resend reset resolve restart restore resume retry return revert review revoke ' +
    'run save schedule scrobble send settle share ship sign skip snooze sold spam split stop star start submit subscribe succeed suspend sync synchronize tag terminate test transfer trash trigger unarchive unassign unblock undelete uninstall unlabel unlink unlock unmute unpin ' +
    'unpublish unsubscribe untag update upgrade upload use validate verify view vote warn watch win withdraw'
  ).split(' '),
);
/** Verbs that are as often nouns: beside another word they name a thing. */
const ALSO_NOUNS = new Set(
  'alert bounce build check comment commit deploy draft export fork import issue label link list mention merge order post pull record release report request review run spam star tag test view vote watch transfer book block ship play'.split(
    ' ',
  ),
);
/** And these name one even alone. */
const NOUNS_ALONE = new Set(
  'alert build check comment issue order release report post label link list record request run test pull draft transfer book block merge'.split(
    ' ',
  ),
);
const IRREGULAR: Readonly<Record<string, string>> = {
  build: 'built',
  buy: 'bought',
  freeze: 'froze',
  leave: 'left',
  lose: 'lost',
  pay: 'paid',
  read: 'read',
  resend: 'resent',
  reset: 'reset',
  run: 'ran',
  send: 'sent',
  sold: 'sold',
  split: 'split',
  win: 'won',
  withdraw: 'withdrew',
  ban: 'banned',
  commit: 'committed',
  refer: 'referred',
  ship: 'shipped',
  skip: 'skipped',
  stop: 'stopped',
  star: 'starred',
  submit: 'submitted',
  tag: 'tagged',
  transfer: 'transferred',
  untag: 'untagged',
  unpin: 'unpinned',
  pin: 'pinned',
  grab: 'grabbed',
  cancel: 'cancelled',
  label: 'labelled',
  unlabel: 'unlabelled',
  put: 'put',
  set: 'set',
  cut: 'cut',
  sync: 'synced',
  undelete: 'undeleted',
  drop: 'dropped',
  get: 'got',
  find: 'found',
  begin: 'began',
  rerun: 'reran',
  check_in: 'checked in',
  hold: 'held',
  log: 'logged',
  map: 'mapped',
};
const PAST = new Set([
  ...Object.values(IRREGULAR),
  'broken',
  'done',
  'down',
  'frozen',
  'given',
  'gone',
  'hidden',
  'shown',
  'taken',
  'unfrozen',
  'written',
  'overdue',
  'missed',
  'begun',
  'drawn',
  'known',
  'seen',
  'sent',
]);
/** Adjectives that end as a past tense does. */
const NOT_PAST = new Set(
  'feed need speed seed embed red bed unread read bleed breed shed exceed proceed succeed'.split(' '),
);

/** What was done, in the past tense; nothing for a word that is not a verb. `approve` is "approved", `paid` stays. */
export function pastOf(word: string): string | undefined {
  if (isPast(word)) return word;
  return VERBS.has(word) || Object.hasOwn(IRREGULAR, word) ? toPast(word) : undefined;
}

/** The past tense of any verb. */
export function toPast(verb: string): string {
  const irregular = Object.hasOwn(IRREGULAR, verb) ? IRREGULAR[verb] : undefined;
  if (irregular) return irregular;
  if (verb.endsWith('e')) return `${verb}d`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}

export function isPast(word: string): boolean {
  return PAST.has(word) || (word.length > 4 && word.endsWith('ed') && !NOT_PAST.has(word));
}

/** A verb and the words beside it. */
export interface Activity {
  readonly verb: string;
  readonly noun: string;
}

/** What a type's words say was done and to what: `issue deleted`, `update card` and `PUSH_ARTIFACT` alike; nothing where none is a verb. */
export function activityOf(words: readonly string[]): Activity | undefined {
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.includes('will')) return undefined;
  const lone = words.length === 1;
  if (isPast(last) || (VERBS.has(last) && !(lone ? NOUNS_ALONE : ALSO_NOUNS).has(last)))
    return { verb: pastOf(last) ?? last, noun: words.slice(0, -1).join(' ') };
  if (VERBS.has(first) && !lone && !ALSO_NOUNS.has(first))
    return { verb: toPast(first), noun: words.slice(1).join(' ') };
  const place = words.findLastIndex(isPast);
  if (place > 0) return { verb: words[place] ?? '', noun: words.slice(0, place).join(' ') };
  if (place === 0 && words.length > 1)
    return { verb: first, noun: /^(?:to|from|by|in|on)$/.test(words[1] ?? '') ? '' : words.slice(1).join(' ') };
  const within = words.findIndex((word, index) => index > 0 && VERBS.has(word) && !ALSO_NOUNS.has(word));
  return within > 0 ? { verb: toPast(words[within] ?? ''), noun: words.slice(within + 1).join(' ') } : undefined;
}

/** Whether a text says itself what was done. */
export function saysActivity(title: string, { verb }: Activity): boolean {
  const stem = verb.replace(/(?:ied|ed|d)$/, '');
  return new RegExp(`\\b${stem.replace(/[^\p{L}\p{N} ]/gu, '')}`, 'iu').test(title);
}
