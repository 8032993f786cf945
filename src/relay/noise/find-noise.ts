import type { NoiseLine } from '../../core/command/desks/noise-desk.ts';
import type { Likeness } from '../../core/command/desks/rule-desk.ts';
import type { KnownSubject } from '../../core/event/subject.ts';
import type { Sent } from './read-posts.ts';

/** A line of the report before its rule is tried: which event stands for it, and what its rule may go by, the best first. */
export interface Found extends Omit<NoiseLine, 'proposal' | 'endpoint'> {
  readonly eventId: string;
  readonly endpointId: string;
  readonly by: readonly Likeness[];
}

/** Lines of each kind, and from how many messages on there is one. */
const LINES = { source: 4, type: 2, actor: 1, repeated: 3, flapping: 3 } as const;
const LEAST = 5;
/** An actor is loud from this share of all messages on. */
const LOUD = 0.2;
/** How often a subject must turn back and forth. */
const TURNS = 4;

export interface NoiseFacts {
  /** Newest first. */
  readonly sent: readonly Sent[];
  /** Subjects of which something was heard, as this channel knows them. */
  readonly subjects: readonly KnownSubject[];
  readonly since: Date;
  readonly isNoticed: (sent: Sent) => boolean;
}

/** What of a channel's messages is loud. Pure, so that the same facts always give the same report. */
export function findNoise({ sent, subjects, since, isNoticed }: NoiseFacts): readonly Found[] {
  const messages = sent.filter(({ as }) => as === 'message');
  const lines = (
    kind: 'source' | 'type' | 'actor',
    by: readonly Likeness[],
    keyOf: (each: Sent) => string | undefined,
  ) =>
    groups(messages, keyOf).map(([what, group]): Found => {
      const ignored = group.filter((each) => !isNoticed(each));
      // A rule is made from an event that nobody cared for.
      const example = ignored[0] ?? group[0];
      return { kind, what, count: group.length, ignored: ignored.length, by, ...idsOf(example) };
    });
  const actors = lines('actor', ['actor'], ({ event }) => event.about?.actor);
  return [
    ...lines('source', ['source'], ({ event }) => event.about?.source).slice(0, LINES.source),
    ...lines('type', ['state'], ({ event }) => event.type)
      .filter(({ ignored, count }) => ignored === count)
      .slice(0, LINES.type),
    ...actors.filter(({ count }) => count >= LOUD * messages.length).slice(0, LINES.actor),
    ...findRepeated(sent).slice(0, LINES.repeated),
    ...findFlapping(subjects, since).slice(0, LINES.flapping),
  ];
}

/** The same said again and again, whether each time anew or counted on one message. */
function findRepeated(sent: readonly Sent[]): readonly Found[] {
  return groups(sent, ({ event }) => event.about?.title).flatMap(([what, group]) => {
    const again = group.length - 1;
    return again >= LEAST
      ? [{ kind: 'repeated', what, count: again, by: ['state', 'source'], ...idsOf(group[0]) } as const]
      : [];
  });
}

function findFlapping(subjects: readonly KnownSubject[], since: Date): readonly Found[] {
  return subjects
    .map(({ key, record }) => ({
      kind: 'flapping' as const,
      what: record.title,
      count: record.turns.filter((at) => Date.parse(at) >= since.getTime()).length,
      by: ['state', 'source'] as const,
      eventId: record.eventId,
      endpointId: key.endpointId,
    }))
    .filter(({ count }) => count >= TURNS)
    .toSorted((a, b) => b.count - a.count);
}

/** Those that have something in common, the largest group first. Endpoints stay apart, for a rule is one endpoint's. */
function groups(
  sent: readonly Sent[],
  keyOf: (each: Sent) => string | undefined,
): readonly (readonly [string, readonly Sent[]])[] {
  const named = sent.flatMap((each) => {
    const key = keyOf(each);
    return key === undefined ? [] : [{ key, each }];
  });
  return [...Map.groupBy(named, ({ key, each }) => `${each.event.endpointId}\n${key}`).values()]
    .filter((group) => group.length >= LEAST)
    .toSorted((a, b) => b.length - a.length)
    .map((group) => [group[0]?.key ?? '', group.map(({ each }) => each)] as const);
}

function idsOf(sent: Sent | undefined): { readonly eventId: string; readonly endpointId: string } {
  return { eventId: sent?.event.id ?? '', endpointId: sent?.event.endpointId ?? '' };
}
