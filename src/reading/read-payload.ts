import type { About } from '../core/event/about.ts';
import type { Severity } from '../core/message/severity.ts';
import { maskText } from '../core/text/mask-secrets.ts';
import { toMoment } from '../core/text/moment.ts';
import type { ChatMessage } from './chat/chat-message.ts';
import { readChat } from './chat/read-chat.ts';
import { type Change, readChanges } from './facts/read-changes.ts';
import { type Fact, readFacts } from './facts/read-facts.ts';
import { countStates, type LikeThings, readLikeThings, toTable, worstOf } from './like-things.ts';
import { singular, spoken } from './payload/names.ts';
import { type Unwrapped, unwrap } from './payload/unwrap.ts';
import { type Walked, walk } from './payload/walk.ts';
import { readActor } from './read-actor.ts';
import { readLink } from './read-link.ts';
import { readMoment } from './read-moment.ts';
import { readLabels, readScene, readSource } from './read-place.ts';
import { type Prose, readProse } from './read-prose.ts';
import { readSeverity } from './read-severity.ts';
import { readState } from './read-state.ts';
import { readSubject } from './read-subject.ts';
import { readThing, type Thing } from './read-thing.ts';
import { readAction, readType, typeWords } from './read-type.ts';
import { readTitle } from './title/read-title.ts';
import { addressesIn, addressOf } from './web-address.ts';
import { deedOf } from './words/verbs.ts';
import { TRACKED } from './words/vocabulary.ts';
import { headlineOf, says, termOf } from './words/words.ts';

/** A payload as a careful person would read it. */
export interface Reading {
  /** The event's type, where the payload names one. */
  readonly type: string | undefined;
  about(type: string): About;
  /** What the event's type says in words, with what was done. */
  words(type: string): readonly string[];
  /** Texts that explain, the best first. */
  readonly prose: readonly Pick<Prose, 'text' | 'flavour'>[];
  readonly facts: readonly Fact[];
  readonly changes: readonly Change[];
  readonly likeThings: LikeThings | undefined;
  readonly chat: ChatMessage | undefined;
  /** The whole payload, where it is plain text. */
  readonly text: string | undefined;
}

const NOTHING: Reading = {
  words: typeWords,
  text: undefined,
  type: undefined,
  about: (type) => ({ title: titleOfType(type) }),
  prose: [],
  facts: [],
  changes: [],
  likeThings: undefined,
  chat: undefined,
};

const read = new WeakMap<object, Reading>();

/** Reads a payload. Asking again for the same one is free, and nothing is read before somebody asks for it. */
export function readPayload(payload: unknown): Reading {
  if (typeof payload !== 'object' || payload === null) return toReading(unwrap(payload));
  const known = read.get(payload);
  if (known) return known;
  const reading = toReading(unwrap(payload));
  read.set(payload, reading);
  return reading;
}

function toReading(unwrapped: Unwrapped): Reading {
  if (unwrapped.kind === 'text') return ofText(unwrapped.text);
  if (unwrapped.kind === 'one') return ofEvent(unwrapped.event, unwrapped.type);
  return unwrapped.kind === 'several' ? ofSeveral(unwrapped) : NOTHING;
}

function ofText(text: string): Reading {
  return {
    ...NOTHING,
    text,
    about: (type) => {
      const title = firstTelling(text);
      const severity = readSeverity({ walked: walk({}), state: undefined, typeWords: typeWords(type), said: [title] });
      const [url] = addressesIn(text);
      return { title: title ?? titleOfType(type), ...(url && { url }), ...(severity && { severity }) };
    },
  };
}

/** The first line that says anything; what stands before it is a frame. */
function firstTelling(text: string): string | undefined {
  const lines = text.slice(0, 4_000).split('\n', 30);
  return headlineOf(text) ?? lines.map((line) => headlineOf(line)).find(Boolean);
}

function titleOfType(type: string): string {
  const words = spoken(typeWords(type).join(' '));
  return words === '' || /^events?$/i.test(words)
    ? 'A delivery without content'
    : words.charAt(0).toUpperCase() + words.slice(1);
}

function ofEvent(event: Readonly<Record<string, unknown>>, envelope: string | undefined): Reading {
  const walked = walk(event);
  const type = readType(walked, envelope);
  const chat = readChat(event);
  const likeThings = chat ? undefined : lazily(() => readLikeThings(walked));
  const prose = lazily(() => readProse(walked));
  const facts = lazily(() => {
    const words = withAction(typeWords(type ?? ''), walked);
    return readFacts(walked, words, readThing(walked, words)?.branch);
  });
  const changes = lazily(() => readChanges(walked));
  const known = new Map<string, About>();
  return {
    type,
    chat,
    text: undefined,
    about: (given) => {
      const about =
        known.get(given) ?? aboutOf({ walked, chat, type: given, prose: prose(), likeThings: likeThings?.() });
      known.set(given, about);
      return about;
    },
    get prose() {
      return prose();
    },
    words: (given) => withAction(typeWords(given), walked),
    get facts() {
      return facts();
    },
    get changes() {
      return changes();
    },
    get likeThings() {
      return likeThings?.();
    },
  };
}

interface AboutParts {
  readonly walked: Walked;
  readonly chat: ChatMessage | undefined;
  readonly type: string;
  readonly prose: readonly Prose[];
  readonly likeThings: LikeThings | undefined;
}

function aboutOf({ walked, chat, type, prose, likeThings }: AboutParts): About {
  const words = withAction(typeWords(type === 'event' || type === 'unknown' ? '' : type), walked);
  const [state, thing] = [readState(walked), readThing(walked, words)];
  const { actor, source } = apart(readActor(walked), readSource(walked));
  const said = chat?.texts.map(({ text, flavour }) => headlineOf(flavour ? text : text)).find(Boolean);
  const title =
    said ?? readTitle({ walked, typeWords: words, thing, state, actor, source, scene: readScene(walked), prose });
  const severity =
    chat?.severity ??
    worse(
      readSeverity({
        walked,
        state,
        typeWords: words,
        said: [said ?? sayable(title, thing)],
        faulty: FAULTS.has(thing?.kind ?? ''),
        ongoing: ONGOING.has(thing?.kind ?? ''),
        tracked: TRACKED.has(thing?.kind ?? ''),
      }),
      state ? undefined : likeThings && worstOf(likeThings),
    );
  const url = chatLink(chat) ?? readLink(walked, thing);
  return withoutNothing({
    title,
    url,
    source: source ?? (chat?.sender === undefined ? undefined : termOf(chat.sender)),
    actor: actor === title ? undefined : actor,
    subject: readSubject(walked, thing),
    state: state?.word,
    severity,
    occurredAt: readMoment(walked) ?? toMoment(chat?.occurredAt),
    labels: readLabels(walked),
  });
}

/** One name is not both who and where: an address of mail is a person's. */
function apart(actor: string | undefined, source: string | undefined) {
  if (actor === undefined || actor !== source) return { actor, source };
  return actor.includes('@') ? { actor, source: undefined } : { actor: undefined, source };
}

/** A type that only names a thing is completed by what was done to it. */
function withAction(words: readonly string[], walked: Walked): readonly string[] {
  const action = deedOf(words) ? undefined : readAction(walked);
  return action === undefined || words.includes(action) ? words : [...words, ...typeWords(action)];
}

const ONGOING = new Set(['incident', 'alert', 'alarm', 'outage']);
const FAULTS = new Set(['problem', 'error', 'exception', 'fault', 'crash']);

/** A thing's name is no cry for help, whatever it says: an issue may be called "Fix the error". */
function sayable(title: string, thing: Thing | undefined): string | undefined {
  return thing?.label !== undefined && thing.branch.owner !== undefined && says(title, thing.label) ? undefined : title;
}

function worse(one: Severity | undefined, other: Severity | undefined): Severity | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const order = ['good', 'info', 'warning', 'critical'] as const;
  return order.indexOf(other) > order.indexOf(one) && other !== 'info' ? other : one;
}

function chatLink(chat: ChatMessage | undefined): string | undefined {
  const address = addressOf(chat?.url);
  return address?.for === 'people' ? address.url : chat?.texts.flatMap(({ text }) => addressesIn(text))[0];
}

/** Several events in one delivery are told together: how many, how they stand, and the gravest for all. */
function ofSeveral({ events, count, name, type }: Extract<Unwrapped, { kind: 'several' }>): Reading {
  const table = lazily(() => toTable({ name: name ?? 'events', items: events, count }));
  const first = lazily(() => walk(events[0] ?? {}));
  const own = type ?? readType(first());
  const known = (given: string): About => {
    const [states, severity] = [countStates(table()), worstOf(table())];
    const noun =
      name &&
      !/^(?:data|payload|body|events?|items|records|value|messages|notifications?|results?|mandrill_events)$/.test(name)
        ? spoken(name)
        : 'events';
    const things = `${count.toLocaleString('en-US')} ${count === 1 ? singular(noun) : noun}`;
    const words = spoken(typeWords(given === 'event' ? '' : given).join(' '));
    const said = states ?? (words && !/^events?$/.test(words) ? words : names(table()));
    return withoutNothing({
      title: said ? `${things}: ${said}` : things,
      url: table().rows.find(({ url }) => url)?.url ?? readLink(first(), undefined),
      source: readSource(first()),
      severity: severity ?? readSeverity({ walked: first(), state: undefined, typeWords: typeWords(given), said: [] }),
      occurredAt: readMoment(first()),
      labels: readLabels(first()),
    });
  };
  return {
    ...NOTHING,
    type: own,
    about: known,
    get likeThings() {
      return table();
    },
  };
}

function names({ rows, columns }: LikeThings): string | undefined {
  if (columns.length === 0) return undefined;
  const first = rows
    .slice(0, 3)
    .flatMap(({ cells: [cell] }) => (typeof cell === 'string' ? (headlineOf(cell, 40) ?? []) : []));
  return first.length > 0 ? `${first.join(', ')}${rows.length > first.length ? ', …' : ''}` : undefined;
}

function withoutNothing(
  parts: { readonly [Part in keyof About]: About[Part] | undefined } & { readonly title: string },
): About {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(
      given.map(([part, value]) => [part, typeof value === 'string' && part !== 'url' ? maskText(value) : value]),
    ),
    title: maskText(parts.title),
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
