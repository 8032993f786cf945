import type { About } from '../../core/event/about.ts';
import type { ChatMessage } from '../chat/chat-message.ts';
import type { Change } from '../facts/read-changes.ts';
import type { Fact } from '../facts/read-facts.ts';
import type { LikeThings } from '../like/like-things.ts';
import { spoken } from '../payload/names.ts';
import type { Prose } from '../read-prose.ts';
import { typeWords } from '../read-type.ts';

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

/** Of a payload that says nothing, only the event's type can be read. */
export const NOTHING: Reading = {
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

/** A title for what has nothing but a type. */
export function titleOfType(type: string): string {
  const words = spoken(typeWords(type).join(' '));
  return words === '' || /^events?$/i.test(words)
    ? 'A delivery without content'
    : words.charAt(0).toUpperCase() + words.slice(1);
}
