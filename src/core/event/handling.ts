import type { SubjectCourse } from './subject.ts';

/** A subject of an endpoint, wherever it is shown. */
export interface HandlingKey {
  readonly endpointId: string;
  readonly subject: string;
}

/** What somebody did about a subject. */
export interface Deed {
  /** Who, as `platform:user`, and as people read it. */
  readonly by: string;
  readonly byName: string;
  /** Where, as people read it: `Slack`. */
  readonly on: string;
  /** ISO 8601. */
  readonly at: string;
  /** The subject's newest event at that moment: what opens it later was not meant. */
  readonly eventId: string;
}

export interface Note extends Deed {
  readonly text: string;
}

/** What people did about a subject: shown in all its messages. */
export interface Handling {
  readonly acknowledged?: Deed;
  /** Closed here by a person, whatever its provider says. */
  readonly resolved?: Deed;
  /** Oldest first. */
  readonly notes: readonly Note[];
}

export interface KnownHandling {
  readonly key: HandlingKey;
  readonly handling: Handling;
}

/** Remembers what people did. It is written with the posts that show it: see `PostStore.owe`. */
export interface HandlingStore {
  get(key: HandlingKey): Promise<Handling | undefined>;
  /** Those of some subjects of an endpoint, by subject. */
  list(endpointId: string, subjects: readonly string[]): Promise<ReadonlyMap<string, Handling>>;
}

export const nothingDone: Handling = Object.freeze({ notes: [] });

/** As much of it as was meant for the subject since it opened last. */
export function handlingSince(
  { acknowledged, resolved, notes }: Handling,
  course: Pick<SubjectCourse, 'openedBy' | 'firstEventId'> | undefined,
): Handling {
  const opened = Number(course?.openedBy ?? course?.firstEventId ?? 0);
  const counts = ({ eventId }: Deed) => Number(eventId) >= opened;
  return {
    ...(acknowledged && counts(acknowledged) && { acknowledged }),
    ...(resolved && counts(resolved) && { resolved }),
    notes: notes.filter(counts),
  };
}
