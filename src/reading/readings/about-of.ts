import type { About } from '../../core/event/about.ts';
import type { Severity } from '../../core/message/severity.ts';
import { toMoment } from '../../core/text/moment.ts';
import type { ChatMessage } from '../chat/chat-message.ts';
import { countThings, worstOf } from '../like/count-states.ts';
import type { LikeThings } from '../like/like-things.ts';
import type { Walked } from '../payload/walk.ts';
import { readActor } from '../read-actor.ts';
import { readLink } from '../read-link.ts';
import { readMoment } from '../read-moment.ts';
import { readLabels, readScene, readSource } from '../read-place.ts';
import type { Prose } from '../read-prose.ts';
import { readSeverity } from '../read-severity.ts';
import { readState } from '../read-state.ts';
import { readSubject } from '../read-subject.ts';
import { typeWords } from '../read-type.ts';
import { readThing } from '../thing/read-thing.ts';
import type { Thing } from '../thing/thing.ts';
import { readTitle } from '../title/read-title.ts';
import { TRACKED } from '../vocabulary.ts';
import { addressesIn, addressOf } from '../web-address.ts';
import { headlineOf, says, termOf } from '../words.ts';
import { withAction } from './with-action.ts';
import { withoutNothing } from './without-nothing.ts';

interface AboutParts {
  readonly walked: Walked;
  readonly chat: ChatMessage | undefined;
  readonly type: string;
  readonly prose: readonly Prose[];
  readonly likeThings: LikeThings | undefined;
}

const TITLE_LENGTH = 200;
const DECORATION = String.raw`(?:(?:\p{Extended_Pictographic}|\p{Regional_Indicator})[\uFE0F\u200D\u{1F3FB}-\u{1F3FF}]*|:[a-z][\w+-]{0,40}:)`;
const DECORATED = new RegExp(String.raw`^(?:${DECORATION}\s*)+|(?:\s*${DECORATION})+$`, 'gu');

/** A headline without the pictures around it: every message has a mark of its own. */
function undecorated(line: string): string {
  return line.replace(DECORATED, '').trim() || line;
}

/** What one event is about. */
export function aboutOf({ walked, chat, type, prose, likeThings }: AboutParts): About {
  const words = withAction(typeWords(type === 'event' || type === 'unknown' ? '' : type), walked);
  const [state, thing] = [readState(walked), readThing(walked, words)];
  // Who a message for a chat comes from is a program.
  const { actor, source } = apart(chat ? undefined : readActor(walked), readSource(walked));
  const said = chat?.texts
    .map(({ text, flavour }) => headlineOf(text, TITLE_LENGTH, flavour))
    .map((line) => line && undecorated(line))
    .find(Boolean);
  const title =
    said ??
    readTitle(
      { walked, typeWords: words, thing, state, actor, source, scene: readScene(walked), prose },
      likeThings && countThings(likeThings),
    );
  const severity =
    chat?.severity ??
    worse(
      readSeverity({
        walked,
        state,
        typeWords: words,
        said: [said ?? sayable(title, thing)],
        faulty: FAULTS.has(thing?.kind ?? '') || tellsOfFault(walked),
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

const ONGOING = new Set(['incident', 'alert', 'alarm', 'outage']);
const FAULTS = new Set(['problem', 'error', 'exception', 'fault', 'crash']);

/** What has such a name is there because something went wrong. */
const FAULT = /^(?:error|error_message|exception|failure|failure_reason|failure_message|traceback|stack_?trace)$/;
const NO_FAULT = /^(?:no(?:ne|thing)?|null|nil|n\/?a|undefined|false|ok|success|unknown|no errors?|[-–—.0\s]*)$/i;

/** Whether an event says, at its top or in an error of its own there, what went wrong. */
function tellsOfFault({ leaves }: Walked): boolean {
  return leaves.some(({ name, value, owner: { path, aside, sample } }) => {
    const [at = ''] = path;
    const isOwn = path.length === 0 ? FAULT.test(name) : path.length === 1 && FAULT.test(at) && name === 'message';
    return isOwn && !aside && !sample && typeof value === 'string' && !NO_FAULT.test(value.trim());
  });
}

/** A thing's name says nothing about the severity: an issue may be called "Fix the error". */
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
