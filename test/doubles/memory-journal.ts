import type { Handling, HandlingStore } from '../../src/core/event/handling.ts';
import type { Post } from '../../src/core/event/post.ts';
import type { KnownRollUp, RollUp, RollUpKey, RollUpStore } from '../../src/core/event/roll-up.ts';
import type { KnownSubject, SubjectRecord, SubjectStore } from '../../src/core/event/subject.ts';
import { createMemoryPosts } from './memory-posts.ts';

/** What channels are owed and what their messages show, kept as long as the test. */
export function createMemoryJournal(now: () => Date) {
  const subjectRecords = new Map<string, SubjectRecord>();
  const knownSubjects = new Map<string, KnownSubject>();
  const rolledUp = new Map<string, KnownRollUp>();
  const posts = createMemoryPosts(now, ({ subjects: known = [], rollUp }) => {
    for (const { key, record } of known) {
      subjectRecords.set(nameOf(key), record);
      knownSubjects.set(nameOf(key), { key, record });
    }
    if (rollUp) rolledUp.set(nameOf(rollUp.key), rollUp);
  });
  const subjects: SubjectStore = {
    get: async (key) => subjectRecords.get(nameOf(key)),
    async list(place, keys) {
      const found = keys.flatMap((subject): readonly (readonly [string, SubjectRecord])[] => {
        const record = subjectRecords.get(nameOf({ ...place, subject }));
        return record ? [[subject, record]] : [];
      });
      return new Map(found);
    },
    everywhere: async (endpointId, subject) =>
      [...knownSubjects.values()].filter(({ key }) => key.endpointId === endpointId && key.subject === subject),
    recent: async (endpointId, { limit }) =>
      [...knownSubjects.values()].filter(({ key }) => key.endpointId === endpointId).slice(0, limit),
  };
  const handled = new Map<string, Handling>();
  const handlings: HandlingStore = {
    get: async (key) => handled.get(nameOf(key)),
    list: async () => new Map(),
  };
  const rollUps: RollUpStore = {
    get: async (key: RollUpKey): Promise<RollUp | undefined> => rolledUp.get(nameOf(key))?.rollUp,
    active: async () => [...rolledUp.values()].filter(({ rollUp }) => !rollUp.calm),
    async set(known) {
      rolledUp.set(nameOf(known.key), known);
    },
  };
  return {
    posts,
    subjects,
    handlings,
    rollUps,
    events: { list: async () => [] },
    owe: (channel: string, more: Partial<Post>) => posts.owe(channel, { owedAt: now(), ...more }),
  };
}

function nameOf(key: object): string {
  return JSON.stringify(Object.entries(key).toSorted());
}
