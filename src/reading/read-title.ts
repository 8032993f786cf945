import { headOf, spoken, spokenLabel } from './payload/names.ts';
import type { Branch, Leaf, Walked } from './payload/walk.ts';
import { nameOf } from './read-actor.ts';
import type { Prose } from './read-prose.ts';
import { sentenceOf } from './read-prose.ts';
import { isQuiet } from './read-severity.ts';
import type { State } from './read-state.ts';
import { COUNTED, spokenKind, type Thing, VESSELS } from './read-thing.ts';
import { type Deed, deedOf, isPast } from './verbs.ts';
import { HEADLINES, PEOPLE, PLACES, RUNS, THINGS, WATCHES } from './vocabulary.ts';
import { essence, headlineOf, isSentence, says } from './words.ts';

export interface TitleParts {
  readonly walked: Walked;
  readonly typeWords: readonly string[];
  readonly thing: Thing | undefined;
  readonly state: State | undefined;
  readonly actor: string | undefined;
  readonly source: string | undefined;
  readonly scene: string | undefined;
  readonly prose: readonly Prose[];
}

const LIMIT = 200;
const STANDS =
  /^(?:up|down|online|offline|healthy|unhealthy|available|unavailable|degraded|overdue|missing|late|operational|reachable|unreachable|broken|open|unstable|stable|ready)$/;
const REMARKS = /(?:^|\s)(?:comment|note|reply|answer|remark)$/;
const GENERIC = /^(?:events?|notifications?|messages?|hooks?|webhooks?|data|payload|alerts?)$/i;

/** What happened to which thing, in one line that makes sense alone. */
export function readTitle(parts: TitleParts): string {
  const title =
    ofRun(parts) ??
    ofHeadline(parts) ??
    ofPush(parts) ??
    ofSentence(parts) ??
    ofRemark(parts) ??
    ofDeed(parts) ??
    ofThing(parts) ??
    ofProse(parts) ??
    ofType(parts) ??
    ofPlace(parts);
  return cut(title ?? 'A delivery that names nothing');
}

/** A run or a monitor: its name and how it stands is the whole news, whatever else it carries. */
function ofRun({ walked, thing, state, scene, source, typeWords }: TitleParts): string | undefined {
  if (isQuiet(typeWords)) return undefined;
  const [runs, watches] = [thing !== undefined && RUNS.has(thing.kind), thing !== undefined && WATCHES.has(thing.kind)];
  if (
    !thing ||
    !state ||
    (!runs && !(watches && state.severity)) ||
    (watches && (thing.label === undefined || headline(walked) !== undefined))
  )
    return undefined;
  const own = thing.label !== undefined && !GENERIC.test(thing.label) ? thing.label : undefined;
  const place = source ?? scene;
  const label =
    own !== undefined
      ? join(own, runs ? thing.number : undefined)
      : place !== undefined || thing.number !== undefined
        ? join(place, spokenKind(thing.kind), thing.number)
        : undefined;
  return label && placed(standing(label, state, thing.branch), thing.branch.path.length > 0 ? scene : undefined);
}

/** A title at the top is the sender's own headline; one further down is only a thing's name. */
function ofHeadline(parts: TitleParts): string | undefined {
  const title = headline(parts.walked);
  if (title === undefined) return undefined;
  return decorated(title, parts);
}

function headline({ root }: Walked): string | undefined {
  let best: { readonly rank: number; readonly title: string } | undefined;
  for (const { name, value } of root.leaves) {
    const rank = HEADLINES.get(name);
    const title = rank !== undefined && (!best || rank < best.rank) ? headlineOf(value, LIMIT) : undefined;
    // A topic may be a headline or a program's word.
    if (name === 'topic' && !/\s/.test(title ?? '')) continue;
    if (rank !== undefined && title !== undefined) best = { rank, title };
  }
  return best?.title;
}

/** Adds to a sender's words what they leave out: what was done, where, and that it is over. */
function decorated(title: string, { typeWords, scene, state, thing }: TitleParts): string {
  const deed = deedOf(typeWords);
  const number =
    thing?.number &&
    !title.includes(thing.number.replace('#', '')) &&
    thing.branch.owner === undefined &&
    (/[A-Z]-\d/.test(thing.number) || COUNTED.has(thing.kind))
      ? thing.number
      : undefined;
  const named = join(number, title) ?? title;
  if (isSentence(title)) return placed(named, scene);
  const done =
    deed && deed.noun !== '' && !saysDeed(title, deed) && !GENERIC.test(deed.noun) ? phraseOf(typeWords) : undefined;
  if (done) return placed(`${done}: ${named}`, scene);
  const over = state && state.severity === 'good' ? state.word : deed && !saysDeed(title, deed) ? deed.verb : undefined;
  return placed(over && !says(title, over) ? `${named}: ${spokenState(over)}` : named, scene);
}

function placed(title: string, scene: string | undefined): string {
  return scene === undefined ||
    scene.length > 40 ||
    says(title, scene) ||
    essence(scene)
      .split(' ')
      .every((word) => essence(title).split(' ').includes(word))
    ? title
    : `${scene}: ${title}`;
}

/** Commits that came to a branch, or a branch that came and went. */
function ofPush({ walked, actor, typeWords }: TitleParts): string | undefined {
  const { root, lists, branches } = walked;
  if (
    typeWords.length > 0 &&
    !/^(?:git |repo |branch |tag |code )?(?:push|pushed|push hook|tag push|refs changed)$/.test(typeWords.join(' ')) &&
    !typeWords.includes('push')
  )
    return undefined;
  const commits =
    lists.find(({ name }) => name === 'commits') ??
    branches.find(({ name, leaves }) => /^(?:head_)?commit$/.test(name) && find(leaves, 'message') !== undefined);
  const name = branchIn(walked);
  if (name === undefined || (!commits && typeWords.length === 0)) return undefined;
  const pushed = actor ? `${actor} pushed` : 'Pushed';
  const gone = flag(root.leaves, 'deleted') || /^0{40}$/.test(String(find(root.leaves, 'after')));
  if (gone) return actor ? `${actor} deleted branch ${name}` : `Branch ${name} deleted`;
  if (!commits) return `${pushed} to ${name}`;
  if ('items' in commits) return `${pushed} ${commits.count} commits to ${name}`;
  const message = headlineOf(find(commits.leaves, 'message') ?? find(commits.leaves, 'title'), 100);
  return message ? `${pushed} to ${name}: ${message}` : `${pushed} 1 commit to ${name}`;
}

/** The branch that was pushed to, wherever a code host puts it. */
function branchIn({ root, branches, leaves }: Walked): string | undefined {
  const ref =
    find(root.leaves, 'ref') ??
    leaves.find(
      ({ name, value }) =>
        /^(?:ref|name|ref_name)$/.test(name) && typeof value === 'string' && value.startsWith('refs/'),
    )?.value;
  const place = branches.find(
    (branch) =>
      /^(?:new|old|ref|change|branch)$/.test(branch.name) &&
      find(branch.leaves, 'type') !== undefined &&
      /^(?:branch|tag)$/i.test(String(find(branch.leaves, 'type'))),
  );
  const own = place && (find(place.leaves, 'name') ?? find(place.leaves, 'display_id'));
  const named = ref ?? own ?? leaves.find(({ name, owner }) => name === 'branch' && !owner.aside)?.value;
  return typeof named === 'string' && named.length < 120 ? named.replace(/^refs\/(?:heads|tags)\//, '') : undefined;
}

function flag(leaves: readonly Leaf[], name: string): boolean {
  return find(leaves, name) === true;
}

/** A sentence at the top of a payload, unless it is about to be said better. */
function ofSentence(parts: TitleParts): string | undefined {
  const top = parts.prose.find(
    ({ leaf }) =>
      leaf.owner.path.length === 0 &&
      leaf.owner.depth < 2 &&
      /^(?:message|msg|text|short_message|event_message|short_description|plain_text_body|markdown|notification)$/.test(
        leaf.name,
      ),
  );
  const sentence = top && sentenceOf(top);
  return sentence === undefined || isRemark(parts)
    ? undefined
    : decorated(headlineOf(sentence, LIMIT) ?? sentence, parts);
}

function isRemark({ typeWords, thing }: TitleParts): boolean {
  const deed = deedOf(typeWords);
  if (deed?.verb === 'commented') return true;
  return REMARKS.test(deed?.noun ?? typeWords.join(' ')) || REMARKS.test(spokenKind(thing?.kind ?? ''));
}

/** Who said something about what. */
function ofRemark(parts: TitleParts): string | undefined {
  if (!isRemark(parts)) return undefined;
  const { walked, actor, thing, typeWords } = parts;
  const deed = deedOf(typeWords);
  const about = thing && thing.label !== undefined && !REMARKS.test(spokenKind(thing.kind)) ? thing.branch : undefined;
  const on =
    about ??
    walked.branches.find(
      (branch) =>
        branch !== thing?.branch &&
        !branch.sample &&
        !branch.aside &&
        branch.path.length > 0 &&
        !PEOPLE.has(branch.name) &&
        !PEOPLE.has(headOf(branch.name)) &&
        !PLACES.has(branch.name) &&
        titleIn(branch) !== undefined,
    );
  const label = on && join(numberIn(on), titleIn(on));
  const said = deed && !/^(?:created|added|commented)$/.test(deed.verb) ? `${deed.verb} a comment` : 'commented';
  if (!label)
    return actor && thing?.branch.owner !== undefined
      ? `${actor} ${said}${parts.source ? ` on ${parts.source}` : ''}`
      : undefined;
  return actor
    ? `${actor} ${said} on ${label}`
    : `${spokenLabel(`${said === 'commented' ? 'new comment' : `comment ${deed?.verb}`}`)} on ${label}`;
}

/** Who did what to which thing; or what was done to it, where nobody says who. */
function ofDeed(parts: TitleParts): string | undefined {
  const { typeWords, thing, actor, walked, scene, state } = parts;
  const deed = mergedOf(deedOf(typeWords), thing, state);
  if (!deed || isOvertaken(deed, thing, state)) return undefined;
  const ref = refOf(walked);
  const own = thing && (thing.label !== undefined || thing.number !== undefined) ? thing : undefined;
  const person =
    PEOPLE.has(deed.noun.split(' ').at(-1) ?? '') && !PEOPLE.has(own?.kind ?? '') ? personIn(walked) : undefined;
  const label = ref?.label ?? person ?? (own && join(own.number, own.label));
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
    return `${actor} ${deed.verb} ${PREPOSITIONS[deed.verb] ? `${PREPOSITIONS[deed.verb]} ` : ''}${named}`;
  const phrase = phraseOf(typeWords);
  return placed(`${phrase}: ${label}`, scene && scene.length < 30 && own?.label === undefined ? scene : undefined);
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
const PREPOSITIONS: Readonly<Record<string, string>> = {
  replied: 'to',
  commented: 'on',
  responded: 'to',
  reacted: 'to',
  subscribed: 'to',
  unsubscribed: 'from',
  voted: 'on',
  mentioned: 'someone in',
  synced: 'with',
};

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

const TRACKED = new Set(
  'issue ticket task todo story userstory user_story card bug epic feature conversation merge_request pull_request pullrequest'.split(
    ' ',
  ),
);
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

/** A thing and how it stands. */
function ofThing(parts: TitleParts): string | undefined {
  const { walked, thing, state, typeWords, scene, source } = parts;
  const label = thing && join(thing.number, thing.label);
  if (!thing || label === undefined || (thing.label === undefined && typeWords.length > 0)) return undefined;
  const part = thing.kind !== '' && !THINGS.has(thing.kind) && thing.branch !== walked.root;
  if (part && source && state) return standing(source, state, walked.root);
  const counted = /^#/.test(thing.number ?? '');
  const bare =
    thing.label !== undefined &&
    /^[\w.#/-]*\d[\w.-]*$/.test(thing.label) &&
    THINGS.has(thing.kind) &&
    !says(thing.label, spokenKind(thing.kind));
  const own =
    (thing.label === undefined || bare) && thing.kind
      ? `${spokenLabel(spokenKind(thing.kind))} ${label}`
      : counted && !/\s/.test(thing.label ?? ' ')
        ? `${thing.label} ${thing.number}`
        : label;
  if (state) return placed(isSymptom(own, state) ? own : standing(own, state, thing.branch), scene);
  if (typeWords.length > 0 && !GENERIC.test(typeWords.join(' ')) && !says(own, typeWords.join(' ')))
    return `${phraseOf(typeWords)}: ${own}`;
  if (!state && thing.kind !== '' && THINGS.has(thing.kind) && thing.branch.owner !== undefined && !/\s/.test(own))
    return placed(`${spokenLabel(spokenKind(thing.kind))}: ${own}`, scene);
  return placed(own, scene);
}

/** An alert that is called after what is wrong needs no word that it is. */
function isSymptom(label: string, { word }: State): boolean {
  return (
    /^(?:problem|firing|alerting|alarm|alert|triggered|active|open|raised|new)$/i.test(word) &&
    label.split(/\s+/).length > 3
  );
}

function ofProse({ prose, scene }: TitleParts): string | undefined {
  for (const candidate of prose) {
    if (candidate.leaf.owner.path.length > 1) continue;
    const line = headlineOf(candidate.text, LIMIT);
    if (line && /\s/.test(line)) return placed(line, scene);
  }
  return undefined;
}

/** The event's type in words, and whatever names it closer. */
function ofType({ typeWords, thing, state, walked, scene, source, actor }: TitleParts): string | undefined {
  if (typeWords.length === 0 || (GENERIC.test(typeWords.join(' ')) && !state)) return undefined;
  const phrase = join(phraseOf(typeWords), thing?.number ?? idIn(walked)) ?? phraseOf(typeWords);
  const condition =
    state?.severity && state.severity !== 'info' && !says(phrase, state.word) ? spokenState(state.word) : undefined;
  const who = personIn(walked) ?? scene ?? (thing?.number === undefined ? source : undefined) ?? actor;
  const said = condition ? `${phrase}: ${condition}` : phrase;
  return who && !says(said, who) ? `${said}${condition ? ' · ' : ': '}${who}` : said;
}

function ofPlace({ state, scene, source, actor, walked, prose }: TitleParts): string | undefined {
  const place = scene ?? source;
  if (place && state) return standing(place, state, walked.root);
  const line = prose.map(({ text }) => headlineOf(text, LIMIT)).find(Boolean);
  if (line) return placed(line, place);
  const who = personIn(walked) ?? actor;
  if (state) return `${spokenLabel(state.owner.name || 'state')}: ${spokenState(state.word)}`;
  if (place) return who && who !== place ? `${place}: news from ${who}` : `News from ${place}`;
  const [first] = walked.branches.filter(({ path }) => path.length === 1);
  return who ? `News from ${who}` : first ? `${spokenLabel(first.name)} changed` : undefined;
}

/** `Shop is down`, `build failed`, `HighCPU: alarm`; and of a part, what it is: `api: quality gate error`. */
function standing(label: string, { word, owner }: State, place: Branch): string {
  const state = spokenState(word);
  const part =
    owner !== place && owner.path.length > place.path.length && !isStateName(owner.name) && !THINGS.has(owner.name)
      ? `${spoken(owner.name)} `
      : '';
  if (says(label, state)) return label;
  if (part !== '') return `${label}: ${part}${state}`;
  if (STANDS.test(state)) return `${label} is ${state}`;
  const short = label.split(/\s+/).length <= 6 && !/[.!?:]$/.test(label);
  return short && isPast(state.split(' ')[0] ?? '') && state !== 'open' ? `${label} ${state}` : `${label}: ${state}`;
}

function isStateName(name: string): boolean {
  return /(?:^|_)(?:state|status|conclusion|result|outcome)$/.test(name);
}

function spokenState(word: string): string {
  const plain = word
    .replace(/([\p{Ll}])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return /^\p{Lu}+$/u.test(plain.replaceAll(' ', '')) || /^\p{Lu}\p{Ll}/u.test(plain) ? plain.toLowerCase() : plain;
}

/** A type as a clause: `updateCard` is "Card updated". */
function phraseOf(typeWords: readonly string[]): string {
  const deed = deedOf(typeWords);
  const said =
    deed && deed.noun !== '' && typeWords.at(-1) !== deed.verb && !typeWords.slice(0, -1).includes(deed.verb)
      ? `${deed.noun} ${deed.verb}`
      : typeWords.join(' ');
  return spokenLabel(spoken(said));
}

function saysDeed(title: string, { verb }: Deed): boolean {
  const stem = verb.replace(/(?:ied|ed|d)$/, '');
  return new RegExp(`\\b${stem.replace(/[^\p{L}\p{N} ]/gu, '')}`, 'iu').test(title);
}

/** A customer, a contact, a person: whom it is about, where nothing else is named. */
function personIn({ branches, leaves }: Walked): string | undefined {
  const person = branches.find(
    ({ name, sample, aside, path }) =>
      !sample &&
      !aside &&
      path.length <= 2 &&
      /^(?:customer|contact|user|lead|subscriber|person|member|candidate|recipient|visitor|guest|client|buyer|account|company|member_collective)$/.test(
        name,
      ),
  );
  const named = person && nameOf(person);
  if (named) return named;
  const email = leaves.find(
    ({ name, owner }) =>
      /^(?:email|email_address|customer_email|receipt_email|user_email|customer_name|contact_name|user_name|username|first_?name|firstname)$/.test(
        name,
      ) &&
      !owner.aside &&
      !owner.sample &&
      owner.path.length < 3,
  );
  return email && headlineOf(email.value, 80);
}

function idIn({ branches, root }: Walked): string | undefined {
  const place =
    branches.find(
      (branch) =>
        branch !== root &&
        branch.path.length === 0 &&
        !branch.sample &&
        branch.leaves.some(({ name, value }) => name === 'id' && /^\d{1,7}$/.test(String(value))),
    ) ?? root;
  const id = find(place.leaves, 'id');
  return id !== undefined && /^\d{1,7}$/.test(String(id)) ? `#${id}` : undefined;
}

function titleIn(branch: Branch): string | undefined {
  for (const name of ['title', 'summary', 'subject', 'name', 'label', 'message']) {
    const found = headlineOf(
      find(branch.leaves, name) ??
        find(
          branch.branches.filter(({ path }) => path === branch.path).flatMap(({ leaves }) => leaves),
          name,
        ),
      150,
    );
    if (found) return found;
  }
  return undefined;
}

function numberIn(branch: Branch): string | undefined {
  const found = ['key', 'number', 'iid', 'identifier']
    .map((name) => find(branch.leaves, name))
    .find((value) => value !== undefined && /^[\w-]{1,20}$/.test(String(value)));
  return found === undefined ? undefined : /^\d+$/.test(String(found)) ? `#${found}` : String(found);
}

function find(leaves: readonly Leaf[], name: string): Leaf['value'] | undefined {
  return leaves.find((leaf) => leaf.name === name)?.value;
}

function join(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter(
    (part, index) => part && !parts.slice(0, index).some((before) => before !== undefined && before.includes(part)),
  );
  return said.length > 0 ? said.join(' ') : undefined;
}

function cut(title: string): string {
  return headlineOf(title, LIMIT) ?? title.slice(0, LIMIT);
}
