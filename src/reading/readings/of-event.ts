import type { About } from '../../core/event/about.ts';
import type { ReadChat } from '../chat/chat-message.ts';
import { readChat } from '../chat/read-chat.ts';
import { readChanges } from '../facts/read-changes.ts';
import { readFacts } from '../facts/read-facts.ts';
import { readLikeThings } from '../like/read-like-things.ts';
import { walk } from '../payload/walk.ts';
import { readProse } from '../read-prose.ts';
import { readType, typeWords } from '../read-type.ts';
import { readThing } from '../thing/read-thing.ts';
import { aboutOf } from './about-of.ts';
import { lazily } from './lazily.ts';
import type { Reading } from './reading.ts';
import { withAction } from './with-action.ts';

/** One event. What is costly to find is looked for only when somebody asks for it. */
export function ofEvent(
  event: Readonly<Record<string, unknown>>,
  envelope: string | undefined,
  read: ReadChat = readChat,
): Reading {
  const walked = walk(event);
  const type = readType(walked, envelope);
  const chat = read(event);
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
      // That something happened is not a name for it, where the payload has one.
      const telling = /^event[._-](?:created|occurred|triggered|received)$/i.test(given) ? (type ?? '') : given;
      const about =
        known.get(given) ?? aboutOf({ walked, chat, type: telling, prose: prose(), likeThings: likeThings?.() });
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
